import { beforeEach, describe, expect, test } from 'vitest'
import type { ActingOrganization } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import type { Transaction } from '@/lib/kernel/db/transaction'
import { projectsContract } from '@/lib/resources/projects/contract'
import { recordsContract } from '@/lib/resources/projects/records/contract'
import { ask, refusal, send } from '@/lib/testing/ask'
import { callApi, outcomeOf } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization, unusedId } from '@/lib/testing/fixtures'
import { overlap } from '@/lib/testing/overlap'

useTestDatabase()

const projects = projectsContract.operations
const records = recordsContract.operations

type Field = { key: string; type: string; values?: string[]; required?: boolean; indexed?: boolean }

let organization: ActingOrganization
let key = ''
beforeEach(async () => {
  organization = await makeOrganization()
  key = (await makeKey(organization, { scopes: ['admin'] })).key
})

/** A project with these fields and a record of each of these data. */
async function start(fields: Field[], all: object[] = []) {
  const { id } = await ask(projects.create, { key, body: { name: 'Move', fields } })
  const ids: string[] = []
  for (const data of all) ids.push((await ask(records.create, { key, params: { id }, body: { data } })).id)
  const call = (body: object) => ({ key, params: { id }, body })
  return {
    id,
    check: (next: Field[]) => ask(projects.checkFields, call({ fields: next })),
    set: (next: Field[], more: object = {}) => ask(projects.setFields, call({ fields: next, ...more })),
    refused: (next: Field[], more: object = {}) => refusal(projects.setFields, call({ fields: next, ...more })),
    create: (data: object) => send(records.create, call({ data })),
    data: async () => {
      const found = []
      for (const record_id of ids) found.push((await ask(records.get, { key, params: { id, record_id } })).data)
      return found
    },
    versions: async () =>
      (await prisma().projectRecord.findMany({ where: { project_id: id }, orderBy: { id: 'asc' } })).map(
        ({ version }) => version,
      ),
    listed: async (query: Record<string, string>) =>
      (await ask(records.list, { key, params: { id }, query })).data.map(({ data }) => data),
  }
}

const text = (name: string, more: Partial<Field> = {}): Field => ({ key: name, type: 'text', ...more })
const stage = (...values: string[]): Field => ({ key: 'stage', type: 'enum', values })

describe('the fields of a project', () => {
  const wrong = async (fields: unknown) => {
    const { errors = [] } = await refusal(projects.create, { key, body: { name: 'Move', fields } })
    return errors
  }
  const many = (count: number) => Array.from({ length: count }, (_, index) => text(`field_${index}`))

  test('are at most fifty, of which five are indexed', async () => {
    expect(await wrong(many(200))).toEqual([{ path: 'fields', message: 'At most 50 fields.' }])
    const { id } = await start(many(50))
    expect((await ask(projects.get, { key, params: { id } })).fields).toHaveLength(50)
    const indexed = many(6).map((field) => ({ ...field, indexed: true }))
    expect(await wrong(indexed)).toEqual([{ path: 'fields', message: 'At most 5 fields are indexed.' }])
  })

  test('have names that no object has, each once', async () => {
    for (const name of [
      '__proto__',
      'constructor',
      'prototype',
      'id',
      'created_at',
      'A',
      'a b',
      'ä',
      '1a',
      '',
      'a.b',
    ]) {
      expect(await wrong([text(name)]), name).toMatchObject([{ path: 'fields.0.key' }])
    }
    expect(await wrong([text('a'), text('a')])).toMatchObject([{ path: 'fields.1.key' }])
    const raw = '{"name":"Move","fields":[{"key":"a","type":"text","__proto__":{"required":true}}]}'
    expect(await outcomeOf(await callApi('/projects', { method: 'POST', key, raw }))).toBe('malformed_json')
  })

  test('have values where they are enums, and nowhere else', async () => {
    expect(await wrong([{ key: 'a', type: 'enum' }])).toMatchObject([{ path: 'fields.0.values' }])
    expect(await wrong([text('a', { values: ['x'] })])).toMatchObject([{ path: 'fields.0.values' }])
    expect(await wrong([stage('x', 'x')])).toMatchObject([{ path: 'fields.0.values', message: 'Each value once.' }])
  })
})

describe('new fields', () => {
  test('tell how many records would no longer do, and why, and change nothing', async () => {
    const { check, data } = await start(
      [text('task'), text('cost'), stage('planned', 'done')],
      [
        { task: 'a', cost: '12', stage: 'planned' },
        { task: 'b', stage: 'done' },
        { cost: 'much', stage: 'done' },
      ],
    )
    const before = await data()
    const next = [text('task', { required: true }), { key: 'cost', type: 'number' }, stage('planned')]
    expect(await check(next)).toEqual({
      records: 3,
      conflicts: [
        { field: 'task', reason: 'missing', records: 1, clearable: false },
        { field: 'cost', reason: 'unfit', records: 2, clearable: true },
        { field: 'stage', reason: 'unfit', records: 2, clearable: true },
      ],
    })
    expect(await check([text('task'), text('cost')])).toMatchObject({
      records: 3,
      conflicts: [{ field: 'stage', reason: 'removed' }],
    })
    expect(await data()).toEqual(before)
  })

  test('are refused while records would no longer do, in words that say what to do', async () => {
    const { refused, data, id } = await start([text('task'), stage('a', 'b')], [{ task: 'x', stage: 'a' }, {}])
    const problem = await refused([text('task'), stage('b')])
    expect(problem).toMatchObject({ code: 'in_use', errors: [{ path: 'fields.stage' }] })
    expect(problem.detail).toContain('1 record')
    expect(problem.detail).toContain('on_conflict')
    expect(await data()).toEqual([{ task: 'x', stage: 'a' }, {}])
    expect((await ask(projects.get, { key, params: { id } })).fields).toHaveLength(2)
  })

  test('clear what no longer does where that is asked, and leave all other records as they are', async () => {
    const { set, data, versions } = await start(
      [text('task'), text('cost'), stage('a', 'b')],
      [{ task: 'x', cost: '1', stage: 'a' }, { task: 'y', stage: 'b' }, { task: 'z' }],
    )
    const { fields } = await set([text('task'), stage('b')], { on_conflict: 'clear' })
    expect(fields.map((field) => field.key)).toEqual(['task', 'stage'])
    expect(await data()).toEqual([{ task: 'x' }, { task: 'y', stage: 'b' }, { task: 'z' }])
    expect(await versions()).toEqual([2, 1, 1])
    const told = await prisma().activity.findMany({
      where: { type: 'project.fields_changed', organization_id: organization.id },
    })
    expect(told.map((one) => one.data)).toEqual([{ fields: ['cost', 'stage'], cleared: 1 }])
  })

  test('never clear what is required', async () => {
    const { refused } = await start([text('task'), { ...stage('a', 'b'), required: true }], [{ stage: 'a' }])
    const clear = { on_conflict: 'clear' }
    expect((await refused([text('task', { required: true }), stage('a', 'b')], clear)).code).toBe('in_use')
    const narrowed = await refused([{ ...stage('b'), required: true }], clear)
    expect(narrowed).toMatchObject({ code: 'in_use', detail: expect.stringContaining('never cleared') })
  })

  test('keep each value that fits as it is written', async () => {
    const { id: who } = await prisma().contact.create({
      data: { organization_id: organization.id, environment: 'live', email: `${unusedId()}@example.com` },
    })
    const values = ['2027-01-31', '2027-02-29', 'red', who, unusedId(), '٢٠٢٧-٠١-٣١']
    const all = values.map((value) => ({ value }))
    const left = async (field: Omit<Field, 'key'>) => {
      const { set, data } = await start([text('value')], all)
      await set([{ key: 'value', ...field }], { on_conflict: 'clear' })
      return (await data()).map(({ value }) => value ?? null)
    }
    expect(await left({ type: 'date' })).toEqual(['2027-01-31', null, null, null, null, null])
    expect(await left({ type: 'enum', values: ['red'] })).toEqual([null, null, 'red', null, null, null])
    expect(await left({ type: 'contact' })).toEqual([null, null, null, who, null, null])
    expect(await left({ type: 'number' })).toEqual(values.map(() => null))
    expect(await left({ type: 'text', indexed: true })).toEqual(values)
  })

  test('that name contacts clear those that go from then on, and no longer once they name none', async () => {
    const contact = async () =>
      (
        await prisma().contact.create({
          data: { organization_id: organization.id, environment: 'live', email: `${unusedId()}@example.com` },
        })
      ).id
    const [first, second] = [await contact(), await contact()]
    const { set, data } = await start([text('who')], [{ who: first }, { who: second }])
    await set([{ key: 'who', type: 'contact' }])
    await callApi(`/contacts/${first}`, { method: 'DELETE', key })
    expect(await data()).toEqual([{}, { who: second }])
    await set([text('who')])
    await callApi(`/contacts/${second}`, { method: 'DELETE', key })
    expect(await data()).toEqual([{}, { who: second }])
  })

  test('are indexed with the records that there are, whose versions stay', async () => {
    const { set, listed, versions } = await start(
      [text('a'), text('b')],
      [
        { a: 'x', b: '2' },
        { a: 'y', b: '1' },
      ],
    )
    await set([text('a', { indexed: true }), text('b')])
    expect(await listed({ 'data.a': 'x' })).toEqual([{ a: 'x', b: '2' }])
    // In the place of the other.
    await set([text('a'), text('b', { indexed: true })])
    expect(await listed({ sort: 'data.b' })).toEqual([
      { a: 'y', b: '1' },
      { a: 'x', b: '2' },
    ])
    expect(await versions()).toEqual([1, 1])
  })

  test('are set under a condition, and tell the version', async () => {
    const { id } = await start([])
    const put = (etag: string) =>
      callApi(`/projects/${id}/fields`, {
        method: 'PUT',
        key,
        headers: { 'If-Match': etag },
        body: { fields: [text('a')] },
      })
    expect((await put('"1"')).headers.get('ETag')).toBe('"2"')
    expect(await outcomeOf(await put('"1"'))).toBe('precondition_failed')
  })
})

describe('at the same time', () => {
  const declare = (id: string, fields: object[]) => (db: Transaction) =>
    db.project.update({ where: { id }, data: { fields } })

  test('a record that waits for new fields is checked by those', async () => {
    const { id, create } = await start([text('old')])
    const fields = [{ ...text('new'), label: 'new', required: false, indexed: false }]
    const outcome = await overlap(declare(id, fields), () => create({ old: 'x' }))
    expect(await outcomeOf(outcome)).toBe('validation_failed')
  })

  test('a patch that waits for new fields is checked by those', async () => {
    const { id, listed } = await start([text('old')], [{ old: 'x' }])
    const record = await prisma().projectRecord.findFirstOrThrow({ where: { project_id: id } })
    const fields = [{ ...text('new'), label: 'new', required: false, indexed: false }]
    const clear = async (db: Transaction) => {
      await declare(id, fields)(db)
      await db.projectRecord.update({ where: { id: record.id }, data: { data: {} } })
    }
    const patch = { key, params: { id, record_id: record.id }, body: { data: { old: 'y' } } }
    expect(await outcomeOf(await overlap(clear, () => send(records.update, patch)))).toBe('validation_failed')
    expect(await listed({})).toEqual([{}])
  })

  test('new fields that wait for a record count it', async () => {
    const { id, refused } = await start([text('old')])
    const tenant = { organization_id: organization.id, environment: 'live' as const }
    const problem = await overlap(
      (db) => db.projectRecord.create({ data: { ...tenant, project_id: id, data: { old: 'x' } } }),
      () => refused([]),
    )
    expect(problem).toMatchObject({ code: 'in_use', errors: [{ path: 'fields.old' }] })
  })

  test('many writes and many new fields leave no record that does not do', async () => {
    const { id, create, set } = await start([text('a'), text('b')])
    const turns = Array.from({ length: 6 }, (_, turn) => [
      create({ a: `${turn}` }).then(outcomeOf),
      create({ b: `${turn}` }).then(outcomeOf),
      set([turn % 2 ? text('a') : text('b')], { on_conflict: 'clear' }),
    ])
    await Promise.all(turns.flat())
    const { fields } = await ask(projects.get, { key, params: { id } })
    const known = new Set(fields.map((field) => field.key))
    const all = await prisma().projectRecord.findMany({ where: { project_id: id } })
    expect(all.length).toBeGreaterThan(0)
    for (const { data } of all) expect(Object.keys(Object(data)).filter((name) => !known.has(name))).toEqual([])
  })
})
