import { beforeEach, describe, expect, test } from 'vitest'
import type { ActingOrganization } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
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

const FIELDS = [
  { key: 'task', type: 'text', required: true, indexed: true },
  { key: 'stage', type: 'enum', values: ['planned', 'done'], indexed: true },
  { key: 'cost', type: 'number', indexed: true },
  { key: 'due_on', type: 'date', indexed: true },
  { key: 'noisy', type: 'boolean' },
  { key: 'supplier', type: 'contact', indexed: true },
]

let organization: ActingOrganization
let key = ''
let id = ''
beforeEach(async () => {
  organization = await makeOrganization()
  key = (await makeKey(organization, { scopes: ['admin'] })).key
  id = await makeProject(FIELDS)
})

const makeProject = async (fields: object[]) => (await ask(projects.create, { key, body: { name: 'Move', fields } })).id
const make = (data: object) => ask(records.create, { key, params: { id }, body: { data } })
const wrong = async (data: object) =>
  (await refusal(records.create, { key, params: { id }, body: { data } })).errors ?? []
const update = (record_id: string, data: object) =>
  ask(records.update, { key, params: { id, record_id }, body: { data } })
const get = (record_id: string) => ask(records.get, { key, params: { id, record_id } })
const listed = async (query: Record<string, string>) =>
  (await ask(records.list, { key, params: { id }, query })).data.map(({ data }) => data.task)
const contactOf = ({ id: organization_id }: { id: string }, environment: 'live' | 'test' = 'live') =>
  prisma().contact.create({ data: { organization_id, environment, email: `${unusedId()}@example.com` } })

describe('the data of a record', () => {
  test('is what was sent, in one form for each value', async () => {
    const { id: supplier } = await contactOf(organization)
    const whole = { task: 'Café', stage: 'done', cost: -0.5, due_on: '2028-02-29', noisy: false }
    const made = await make({ ...whole, task: 'Cafe\u0301', supplier: supplier.toUpperCase() })
    expect(made.data).toEqual({ ...whole, supplier })
    expect(made.project_id).toBe(id)
    expect(await get(made.id)).toEqual(made)
  })

  test('is refused by each field that it does not suit, which says what would do', async () => {
    const data = { stage: 'lost', cost: '12', due_on: '2027-02-29', noisy: 1, supplier: 'Bram', colour: 'red' }
    expect(await wrong(data)).toEqual([
      { path: 'data.stage', message: 'One of planned, done.' },
      { path: 'data.cost', message: 'A number is needed here.' },
      { path: 'data.due_on', message: 'A day, like 2027-01-31.' },
      { path: 'data.noisy', message: 'True or false is needed here.' },
      { path: 'data.supplier', message: expect.stringContaining('The id of a contact') },
      { path: 'data.colour', message: expect.stringContaining('task, stage, cost, due_on, noisy, supplier') },
      { path: 'data.task', message: 'This field is required: give it a value.' },
    ])
    expect(await wrong({ task: '' })).toMatchObject([{ path: 'data.task' }])
    expect(await wrong({ task: 'x'.repeat(201) })).toMatchObject([{ path: 'data.task' }])
    expect(await wrong({ task: '😀'.repeat(201) })).toMatchObject([{ path: 'data.task' }])
    await make({ task: '😀'.repeat(200) })
  })

  test('has no names but those of its fields, whatever JavaScript knows by them', async () => {
    for (const name of ['constructor', 'prototype', 'toString', '__proto', 'hasOwnProperty', 'data.task']) {
      expect(await wrong({ task: 'x', [name]: 'x' }), name).toMatchObject([{ path: `data.${name}` }])
    }
    const raw = '{"data":{"task":"x","__proto__":{"stage":"done"}}}'
    const sent = await callApi(`/projects/${id}/records`, { method: 'POST', key, raw })
    expect(await outcomeOf(sent)).toBe('malformed_json')
    expect(Object.getPrototypeOf({})).not.toHaveProperty('stage')
  })

  test('is merged by a patch, and checked whole', async () => {
    const { id: record } = await make({ task: 'Pack', stage: 'planned', cost: 1 })
    expect((await update(record, { stage: 'done', cost: null })).data).toEqual({ task: 'Pack', stage: 'done' })
    const sent = { key, params: { id, record_id: record }, body: { data: { task: null } } }
    expect((await refusal(records.update, sent)).errors).toMatchObject([{ path: 'data.task' }])
    expect((await ask(records.update, { key, params: { id, record_id: record }, body: {} })).data).toEqual({
      task: 'Pack',
      stage: 'done',
    })
  })

  test('loses no field where many patches come at once', async () => {
    const { id: record } = await make({ task: 'Pack' })
    await Promise.all([
      update(record, { stage: 'done' }),
      update(record, { cost: 1 }),
      update(record, { noisy: true }),
      update(record, { due_on: '2027-01-31' }),
    ])
    expect((await get(record)).data).toEqual({
      task: 'Pack',
      stage: 'done',
      cost: 1,
      noisy: true,
      due_on: '2027-01-31',
    })
  })

  test('is changed under a condition, and a condition that fails is told before what is wrong', async () => {
    const { id: record } = await make({ task: 'Pack' })
    const patch = (etag: string, data: object) =>
      callApi(`/projects/${id}/records/${record}`, {
        method: 'PATCH',
        key,
        headers: { 'If-Match': etag },
        body: { data },
      })
    expect((await patch('"1"', { cost: 1 })).headers.get('ETag')).toBe('"2"')
    expect(await outcomeOf(await patch('"1"', { cost: 'x' }))).toBe('precondition_failed')
  })

  test('is written once for an Idempotency-Key', async () => {
    const create = () =>
      callApi(`/projects/${id}/records`, {
        method: 'POST',
        key,
        headers: { 'Idempotency-Key': 'once' },
        body: { data: { task: 'x' } },
      })
    const [first, again] = [await (await create()).json(), await (await create()).json()]
    expect(again).toEqual(first)
    expect(await listed({})).toEqual(['x'])
  })
})

test('a record is found in its own project only', async () => {
  const { id: record_id } = await make({ task: 'x' })
  const params = { id: await makeProject(FIELDS), record_id }
  for (const operation of [records.get, records.update, records.delete]) {
    const body = operation === records.update ? { data: { task: 1 } } : undefined
    expect(await outcomeOf(await send(operation, { key, params, body }))).toBe('not_found')
  }
})

test('what happens to a record is told with its project', async () => {
  const { id: record_id } = await make({ task: 'x' })
  await update(record_id, { task: 'y' })
  await send(records.delete, { key, params: { id, record_id } })
  const told = await prisma().activity.findMany({ where: { subject_id: record_id }, orderBy: { sequence: 'asc' } })
  expect(told.map(({ type }) => type)).toEqual(['record.created', 'record.updated', 'record.deleted'])
  for (const { data } of told) expect(data).toMatchObject({ project_id: id })
})

test('a project takes its records with it', async () => {
  const { id: record } = await make({ task: 'x' })
  expect((await send(projects.delete, { key, params: { id } })).status).toBe(204)
  expect(await prisma().projectRecord.findUnique({ where: { id: record } })).toBeNull()
})

describe('a list', () => {
  beforeEach(async () => {
    await make({ task: 'a', stage: 'planned', cost: 10, due_on: '2027-01-31' })
    await make({ task: 'B', stage: 'done', cost: -2.5, due_on: '2026-12-24' })
    await make({ task: 'ä', stage: 'done', cost: 9 })
    await make({ task: '中' })
  })

  test('is narrowed to what equals a value, to what has none, and by bounds', async () => {
    const { id: supplier } = await contactOf(organization)
    await make({ task: 'z', supplier })
    expect(await listed({ 'data.stage': 'done' })).toEqual(['ä', 'B'])
    expect(await listed({ 'data.task': 'a\u0308' })).toEqual(['ä'])
    expect(await listed({ 'data.stage': '' })).toEqual(['z', '中'])
    expect(await listed({ 'data.cost': '-2.50' })).toEqual(['B'])
    expect(await listed({ 'data.cost.from': '9' })).toEqual(['ä', 'a'])
    expect(await listed({ 'data.cost.from': '-3', 'data.cost.to': '9' })).toEqual(['ä', 'B'])
    expect(await listed({ 'data.due_on.to': '2027-01-31' })).toEqual(['B', 'a'])
    expect(await listed({ 'data.stage': 'done', 'data.cost.to': '0' })).toEqual(['B'])
    expect(await listed({ 'data.supplier': supplier.toUpperCase() })).toEqual(['z'])
  })

  test('is sorted by a field, those without a value behind all others, and turned round', async () => {
    expect(await listed({ sort: 'data.cost' })).toEqual(['B', 'ä', 'a', '中'])
    expect(await listed({ sort: '-data.cost' })).toEqual(['中', 'a', 'ä', 'B'])
    expect(await listed({ sort: 'data.task' })).toEqual(['B', 'a', 'ä', '中'])
    expect(await listed({ sort: '-data.stage' })).toEqual(['中', 'a', 'ä', 'B'])
  })

  test('goes on behind a cursor, whatever it is sorted by and however the filters are placed', async () => {
    const query = { sort: '-data.cost', 'data.cost.from': '-9', 'data.cost.to': '99', limit: '2' }
    const first = await ask(records.list, { key, params: { id }, query })
    expect(first.data.map(({ data }) => data.task)).toEqual(['a', 'ä'])
    const turned = { 'data.cost.to': '99', 'data.cost.from': '-9', sort: '-data.cost' }
    expect(await listed({ ...turned, cursor: first.next_cursor ?? '' })).toEqual(['B'])
    const other = { key, params: { id }, query: { ...turned, 'data.cost.to': '98', cursor: first.next_cursor ?? '' } }
    expect((await refusal(records.list, other)).code).toBe('invalid_cursor')
  })

  test('refuses fields that are not indexed, and values that no field can have', async () => {
    const wrong = async (query: Record<string, string>) =>
      (await refusal(records.list, { key, params: { id }, query })).errors?.map(({ path }) => path)
    expect(await wrong({ 'data.noisy': 'true' })).toEqual(['data.noisy'])
    expect(await wrong({ 'data.': 'x', 'data.constructor': 'x' })).toEqual(['data.', 'data.constructor'])
    expect(await wrong({ 'data.cost': 'x', 'data.due_on': 'soon', 'data.stage': 'lost' })).toHaveLength(3)
    expect(await wrong({ 'data.cost': ' 9' })).toEqual(['data.cost'])
    expect(await wrong({ 'data.stage.from': 'done' })).toEqual(['data.stage.from'])
    expect(await wrong({ sort: 'data.noisy' })).toEqual(['sort'])
    expect(await wrong({ sort: 'data.cost,created_at' })).toEqual(['sort'])
    expect(await wrong({ stage: 'done' })).toEqual(['stage'])
    for (const name of ['constructor', 'toString']) expect(await wrong({ [name]: 'x' }), name).toEqual([name])
    expect(await wrong({ 'data.task': 'a\0b' })).toEqual(['data.task'])
  })
})

describe('a contact that a record names', () => {
  test('is one of the same organisation and environment', async () => {
    const other = await makeOrganization()
    for (const { id: supplier } of [
      await contactOf(other),
      await contactOf(organization, 'test'),
      { id: unusedId() },
    ]) {
      expect(await wrong({ task: 'x', supplier })).toEqual([
        { path: 'data.supplier', message: 'There is no such contact.' },
      ])
    }
  })

  test('is cleared from the record when it is deleted, which makes a new version of that', async () => {
    const [gone, stays] = [await contactOf(organization), await contactOf(organization)]
    const named = await make({ task: 'x', supplier: gone.id })
    const changed = await make({ task: 'y', supplier: gone.id })
    await update(changed.id, { supplier: stays.id })
    await callApi(`/contacts/${gone.id}`, { method: 'DELETE', key })
    const reply = await send(records.get, { key, params: { id, record_id: named.id } })
    expect(reply.headers.get('ETag')).toBe('"2"')
    expect((await reply.json()).data).toEqual({ task: 'x' })
    expect((await get(changed.id)).data).toEqual({ task: 'y', supplier: stays.id })
    expect(await listed({ 'data.supplier': gone.id })).toEqual([])
    expect(await listed({ 'data.supplier': '' })).toEqual(['x'])
  })

  test('stays where a required field names it', async () => {
    id = await makeProject([{ key: 'who', type: 'contact', required: true }])
    const { id: who } = await contactOf(organization)
    const { id: record_id } = await make({ who })
    expect(await outcomeOf(await callApi(`/contacts/${who}`, { method: 'DELETE', key }))).toBe('in_use')
    await send(records.delete, { key, params: { id, record_id } })
    expect((await callApi(`/contacts/${who}`, { method: 'DELETE', key })).status).toBe(204)
  })

  test('is not written by a record that waited for its deletion', async () => {
    const { id: supplier } = await contactOf(organization)
    const errors = await overlap(
      (db) => db.contact.delete({ where: { id: supplier } }),
      () => wrong({ task: 'x', supplier }),
    )
    expect(errors).toMatchObject([{ path: 'data.supplier' }])
  })

  test('is named by no record once it is gone, however many write and delete at the same time', async () => {
    const contacts = await Promise.all(Array.from({ length: 6 }, () => contactOf(organization)))
    const made = await Promise.all(contacts.map((contact) => make({ task: 'x', supplier: contact.id })))
    const turns = contacts.flatMap((contact, turn) => [
      callApi(`/contacts/${contact.id}`, { method: 'DELETE', key }),
      ...made.map((record) =>
        send(records.update, {
          key,
          params: { id, record_id: record.id },
          body: { data: { supplier: contacts.at(turn - 1)?.id } },
        }),
      ),
    ])
    // Two that wait for each other are told to try again.
    const outcomes = await Promise.all((await Promise.all(turns)).map(outcomeOf))
    expect([200, 204, 'validation_failed', 'unavailable']).toEqual(expect.arrayContaining([...new Set(outcomes)]))
    const there = await prisma().contact.findMany({ where: { organization_id: organization.id } })
    const known = [undefined, ...there.map((contact) => contact.id)]
    for (const record of made) expect(known).toContain((await get(record.id)).data.supplier)
  })

  test('goes with its organisation, records and all', async () => {
    id = await makeProject([{ key: 'who', type: 'contact', required: true }])
    await make({ who: (await contactOf(organization)).id })
    await prisma().apiKey.deleteMany({ where: { organization_id: organization.id } })
    await prisma().organization.delete({ where: { id: organization.id } })
    expect(await prisma().projectRecord.count({ where: { organization_id: organization.id } })).toBe(0)
  })
})
