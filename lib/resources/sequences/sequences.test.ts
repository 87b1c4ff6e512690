import { beforeEach, describe, expect, test } from 'vitest'
import type { ActingOrganization } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { sequencesContract } from '@/lib/resources/sequences/contract'
import { ask, refusal, send } from '@/lib/testing/ask'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'
import { overlap } from '@/lib/testing/overlap'
import { countStatements } from '@/lib/testing/statements'

useTestDatabase()

const operations = sequencesContract.operations
let organization: ActingOrganization
let key = ''
beforeEach(async () => {
  organization = await makeOrganization()
  key = (await makeKey(organization, { scopes: ['sequences:read', 'sequences:write'] })).key
})

const EMAIL = { kind: 'email', subject: 'Hello', body: 'Good to have you here.\n\nAda' }
const WAIT = { kind: 'wait', hours: 48 }
const TASK = { kind: 'task', title: 'Call them' }

const create = (steps: object[] = [EMAIL, WAIT, TASK]) =>
  ask(operations.create, { key, body: { name: 'Welcome', steps } })
const tenant = () => ({ organization_id: organization.id, environment: 'live' as const })

/** Contacts enrolled in a sequence, standing at these steps. */
async function enrollAt(sequence_id: string, steps: number[], status: 'active' | 'completed' = 'active') {
  const contacts = await prisma().contact.createManyAndReturn({
    data: steps.map((_, index) => ({ ...tenant(), email: `p${index}-${Math.random()}@example.com` })),
  })
  await prisma().enrollment.createMany({
    data: steps.map((current_step, index) => ({
      ...tenant(),
      sequence_id,
      contact_id: contacts[index]?.id ?? '',
      current_step,
      status,
    })),
  })
  return contacts
}
const enrollmentsOf = async (sequence_id: string) => {
  const rows = await prisma().enrollment.findMany({ where: { sequence_id }, orderBy: { contact: { email: 'asc' } } })
  return rows.map(({ status, current_step, ended_at }) => `${status} at ${current_step}${ended_at ? ', ended' : ''}`)
}

describe('the steps of a sequence', () => {
  test('come back as they were sent, in their order', async () => {
    const steps = [TASK, EMAIL, WAIT, EMAIL, TASK]
    const made = await create(steps)
    expect(made).toMatchObject({ status: 'active', step_count: 5, description: null })
    expect(made.steps).toEqual(steps)
    expect(await ask(operations.get, { key, params: { id: made.id } })).toEqual(made)
  })

  test('are replaced as a whole, and stay where a patch does not name them', async () => {
    const { id, steps } = await create()
    const params = { id }
    const renamed = await ask(operations.update, { key, params, body: { name: 'Hello', description: 'New' } })
    expect(renamed).toMatchObject({ name: 'Hello', description: 'New', steps })
    const changed = await ask(operations.update, { key, params, body: { steps: [WAIT], description: null } })
    expect(changed).toMatchObject({ name: 'Hello', description: null, step_count: 1 })
    expect(changed.steps).toEqual([WAIT])
    expect(await ask(operations.get, { key, params })).toEqual(changed)
  })

  test.each([
    ['steps', []],
    ['steps', Array.from({ length: 51 }, () => WAIT)],
    ['steps', null],
    ['steps.0.kind', [{ kind: 'sms', text: 'Hello' }]],
    ['steps.0.kind', [{}]],
    ['steps.1.hours', [WAIT, { kind: 'wait', hours: 0 }]],
    ['steps.1.hours', [WAIT, { kind: 'wait', hours: 8_761 }]],
    ['steps.0.hours', [{ kind: 'wait', hours: 1.5 }]],
    ['steps.0.hours', [{ kind: 'wait' }]],
    ['steps.0.title', [{ ...TASK, title: ' ' }]],
    ['steps.0.subject', [{ ...TASK, subject: 'x' }]],
    ['steps.0.subject', [{ ...EMAIL, subject: 'Two\nlines' }]],
    ['steps.0.body', [{ ...EMAIL, body: '' }]],
    ['steps.0.body', [{ ...EMAIL, body: 'x'.repeat(20_001) }]],
  ])('are refused at %s, and leave those that there were', async (path, steps) => {
    const made = await create()
    const params = { id: made.id }
    for (const wrong of [
      await refusal(operations.create, { key, body: { name: 'x', steps } }),
      await refusal(operations.update, { key, params, body: { name: 'x', steps } }),
    ]) {
      expect(wrong).toMatchObject({ code: 'validation_failed', errors: [{ path }] })
    }
    expect(await ask(operations.get, { key, params })).toEqual(made)
  })
})

describe('shorter steps under contacts who are enrolled', () => {
  test('complete those who stood beyond the new end, and leave everybody else', async () => {
    const { id } = await create([EMAIL, WAIT, EMAIL, WAIT, TASK])
    const contacts = await enrollAt(id, [1, 2, 3, 5])
    await ask(operations.update, { key, params: { id }, body: { steps: [EMAIL, TASK] } })
    expect(await enrollmentsOf(id)).toEqual([
      'active at 1',
      'active at 2',
      'completed at 2, ended',
      'completed at 2, ended',
    ])
    const told = await prisma().activity.findMany({ where: { ...tenant(), type: 'contact.completed_sequence' } })
    expect(told.map(({ contact_id }) => contact_id).sort()).toEqual([contacts[2]?.id, contacts[3]?.id].sort())
    expect(told).toMatchObject([{ data: { sequence_id: id } }, { data: { sequence_id: id } }])
    // Made by the database, and UUIDv7 like all others: the time in front.
    for (const activity of told) {
      expect(activity.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/)
      const time = Number.parseInt(activity.id.replaceAll('-', '').slice(0, 12), 16)
      expect(Math.abs(time - activity.at.getTime())).toBeLessThan(10_000)
    }
  })

  test('do not touch what has ended, nor another sequence', async () => {
    const [one, other] = [await create(), await create()]
    await enrollAt(one.id, [3], 'completed')
    await enrollAt(other.id, [3])
    await ask(operations.update, { key, params: { id: one.id }, body: { steps: [WAIT] } })
    expect(await enrollmentsOf(one.id)).toEqual(['completed at 3'])
    expect(await enrollmentsOf(other.id)).toEqual(['active at 3'])
  })

  test('take as many statements for a hundred of them as for one', async () => {
    const counts: number[] = []
    for (const size of [1, 100]) {
      const { id } = await create()
      await enrollAt(
        id,
        Array.from({ length: size }, () => 3),
      )
      const body = { steps: [WAIT] }
      counts.push(await countStatements(() => ask(operations.update, { key, params: { id }, body })))
    }
    expect(counts[0]).toBe(counts[1])
  })
})

describe('the state of a sequence', () => {
  const VERBS = ['pause', 'resume', 'archive'] as const

  test.each([
    { state: 'active', by: [], open: { pause: 'paused', archive: 'archived' } },
    { state: 'paused', by: ['pause'], open: { resume: 'active', archive: 'archived' } },
    { state: 'archived', by: ['archive'], open: {} },
  ] as const)('$state leads where it may, and nowhere else', async ({ state, by, open }) => {
    for (const verb of VERBS) {
      const { id } = await create()
      const params = { id }
      for (const step of by) await ask(operations[step], { key, params })
      const to = new Map<string, string>(Object.entries(open)).get(verb)
      if (to) expect((await ask(operations[verb], { key, params })).status).toBe(to)
      else expect(await refusal(operations[verb], { key, params })).toMatchObject({ status: 409, code: 'wrong_state' })
      expect((await ask(operations.get, { key, params })).status).toBe(to ?? state)
    }
  })

  test('paused keeps enrollments, archived ends them, and no patch opens the archive', async () => {
    const { id } = await create()
    const params = { id }
    const [contact] = await enrollAt(id, [2])
    await ask(operations.pause, { key, params })
    expect(await enrollmentsOf(id)).toEqual(['active at 2'])
    await ask(operations.archive, { key, params })
    expect(await enrollmentsOf(id)).toEqual(['removed at 2, ended'])
    const told = await prisma().activity.findMany({ where: { contact_id: contact?.id ?? null } })
    expect(told).toMatchObject([{ type: 'contact.unenrolled', data: { sequence_id: id } }])
    expect((await refusal(operations.update, { key, params, body: { name: 'x' } })).code).toBe('wrong_state')
    const status = await refusal(operations.update, { key, params, body: { status: 'active' } })
    expect(status.errors).toMatchObject([{ path: 'status' }])
  })

  test('is judged after a change that is under way', async () => {
    const { id } = await create()
    const problem = await overlap(
      (db) => db.sequence.update({ where: { id }, data: { status: 'paused' } }),
      () => refusal(operations.pause, { key, params: { id } }),
    )
    expect(problem).toMatchObject({ code: 'wrong_state', detail: expect.stringContaining('is paused') })
  })
})

describe('a deleted sequence', () => {
  test('is gone with its steps and enrollments; the histories keep it', async () => {
    const { id } = await create()
    const [contact] = await enrollAt(id, [1])
    expect((await send(operations.delete, { key, params: { id } })).status).toBe(204)
    expect((await refusal(operations.get, { key, params: { id } })).code).toBe('not_found')
    expect(await prisma().step.count({ where: { sequence_id: id } })).toBe(0)
    expect(await prisma().enrollment.count({ where: { sequence_id: id } })).toBe(0)
    const ofContact = await prisma().activity.findMany({ where: { contact_id: contact?.id ?? null } })
    expect(ofContact).toMatchObject([{ type: 'contact.unenrolled' }])
    const ofSequence = await prisma().activity.findMany({ where: { subject_id: id }, orderBy: { at: 'asc' } })
    expect(ofSequence.map(({ type }) => type)).toEqual(['sequence.created', 'sequence.deleted'])
  })
})

describe('the list of sequences', () => {
  test('counts the steps of each, by state and in order', async () => {
    const [short, long] = [await create([WAIT]), await create([EMAIL, WAIT, TASK])]
    await ask(operations.pause, { key, params: { id: short.id } })
    const shown = async (query: Record<string, string>) =>
      (await ask(operations.list, { key, query })).data.map(({ id, step_count }) => [id, step_count])
    expect(await shown({})).toEqual([
      [long.id, 3],
      [short.id, 1],
    ])
    expect(await shown({ sort: 'created_at' })).toEqual([
      [short.id, 1],
      [long.id, 3],
    ])
    expect(await shown({ status: 'paused' })).toEqual([[short.id, 1]])
  })

  test('takes as many statements for many sequences as for one', async () => {
    const list = () => countStatements(() => ask(operations.list, { key }))
    await create()
    const one = await list()
    for (let count = 0; count < 10; count += 1) await create()
    expect(await list()).toBe(one)
  })
})
