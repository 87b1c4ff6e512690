import { beforeEach, describe, expect, test } from 'vitest'
import type { ActingOrganization } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { flowsContract } from '@/lib/resources/flows/contract'
import { ask, refusal, send } from '@/lib/testing/ask'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization, unusedId } from '@/lib/testing/fixtures'

useTestDatabase()

const { create, get, list, update, disable, delete: remove, startRun, stopRun, getRun } = flowsContract.operations
const WAIT = { kind: 'wait', hours: 1 }
const TASK = { kind: 'task', title: 'Call them' }

let organization: ActingOrganization
let key = ''
beforeEach(async () => {
  organization = await makeOrganization()
  key = (await makeKey(organization, { scopes: ['flows:read', 'flows:write'] })).key
})

const FLOW = { name: 'Welcome', event: 'contact.created', steps: [TASK, WAIT] }
const make = (fields: object = {}) => ask(create, { key, body: { ...FLOW, ...fields } })
const makeContact = () =>
  prisma().contact.create({
    data: { organization_id: organization.id, environment: 'live', email: `${unusedId()}@example.com` },
  })

const is = (field: string, value: unknown, operator = 'is') => ({ field, operator, value })

test('a flow comes back as it was sent, and its list counts its steps', async () => {
  const conditions = [is('contact.company', 'Acme', 'is_not')]
  const made = await make({ conditions })
  expect(made).toMatchObject({ ...FLOW, conditions, status: 'enabled', step_count: 2, description: null })
  expect(await ask(get, { key, params: { id: made.id } })).toEqual(made)
  const { steps: _, ...summary } = made
  expect((await ask(list, { key })).data).toEqual([summary])
})

describe('a flow that nothing could start is refused', () => {
  test.each([
    ['an event that there is not', 'event', { event: 'contact.sneezed' }],
    ['an event of no contact', 'event', { event: 'lead.created' }],
    ['an event of the flows themselves, which is of none', 'event', { event: 'flow.updated' }],
    ['a detail that the event does not tell', 'conditions.0', { conditions: [is('details.form_id', 'x')] }],
    ['a detail of another kind', 'conditions.0', { event: 'contact.updated', conditions: [is('details.fields', 1)] }],
    [
      'a field that never changes',
      'conditions.0',
      { event: 'contact.updated', conditions: [is('details.fields', 'id')] },
    ],
    ['what no contact has', 'conditions.0', { conditions: [is('contact.shoe_size', '44')] }],
    ['a number where contacts have text', 'conditions.0', { conditions: [is('contact.company', 1)] }],
    ['an email in capitals, as none is kept', 'conditions.0', { conditions: [is('contact.email', 'Ada@example.com')] }],
    ['two values at once', 'conditions.1', { conditions: [is('contact.company', 'A'), is('contact.company', 'B')] }],
    [
      'a value that is and is not',
      'conditions.1',
      { conditions: [is('contact.title', 'A'), is('contact.title', 'A', 'is_not')] },
    ],
    ['another place', 'conditions.0.field', { conditions: [is('actor.kind', 'key')] }],
    ['another question', 'conditions.0.operator', { conditions: [is('contact.company', 'A', 'like')] }],
  ])('for %s', async (_, path, wrong) => {
    expect((await refusal(create, { key, body: { ...FLOW, ...wrong } })).errors).toMatchObject([{ path }])
  })

  test('also by a patch, which is judged with what stays', async () => {
    const { id } = await make({ event: 'contact.updated', conditions: [is('details.fields', 'title')] })
    const params = { id }
    for (const body of [{ event: 'contact.deleted' }, { conditions: [is('details.email_id', 'x')] }]) {
      expect((await refusal(update, { key, params, body })).errors).toMatchObject([{ path: 'conditions.0' }])
    }
    const patched = await ask(update, { key, params, body: { event: 'contact.created', conditions: [] } })
    expect(patched).toMatchObject({ event: 'contact.created', conditions: [], step_count: 2 })
  })
})

describe('a run that a key starts', () => {
  test('stands at the first step, and the contact is on the way once', async () => {
    const { id } = await make({ conditions: [is('contact.company', 'Nobody')] })
    const { id: contact_id } = await makeContact()
    const params = { id }
    const run = await ask(startRun, { key, params, body: { contact_id } })
    expect(run).toMatchObject({ flow_id: id, contact_id, status: 'active', current_step: 1, event: null })
    expect(await refusal(startRun, { key, params, body: { contact_id } })).toMatchObject({
      code: 'already_exists',
      existing_id: run.id,
    })
    const stopped = await ask(stopRun, { key, params: { id, run_id: run.id } })
    expect(stopped).toMatchObject({ status: 'removed', ended_at: expect.any(Date) })
    expect(stopped.happened.map(({ type }) => type)).toEqual(['contact.entered_flow'])
    const history = await ask(getRun, { key, params: { id, run_id: run.id } })
    expect(history.happened.map(({ type }) => type)).toEqual(['contact.entered_flow', 'contact.left_flow'])
    expect((await refusal(stopRun, { key, params: { id, run_id: run.id } })).code).toBe('wrong_state')
    expect((await ask(startRun, { key, params, body: { contact_id } })).id).not.toBe(run.id)
  })

  test('is refused for whoever is not there or is excluded, and in a flow that is disabled', async () => {
    const { id } = await make()
    const params = { id }
    const { id: contact_id, email } = await makeContact()
    expect((await refusal(startRun, { key, params, body: { contact_id: unusedId() } })).errors).toMatchObject([
      { path: 'contact_id' },
    ])
    await prisma().exclusion.create({
      data: { organization_id: organization.id, environment: 'live', kind: 'email', value: email },
    })
    expect((await refusal(startRun, { key, params, body: { contact_id } })).code).toBe('contact_excluded')
    await ask(disable, { key, params })
    expect((await refusal(startRun, { key, params, body: { contact_id } })).code).toBe('wrong_state')
  })
})

test('shorter steps complete the runs that stood beyond them, and a deletion ends all', async () => {
  const { id } = await make()
  const params = { id }
  const [one, other] = [await makeContact(), await makeContact()]
  const first = await ask(startRun, { key, params, body: { contact_id: one.id } })
  const second = await ask(startRun, { key, params, body: { contact_id: other.id } })
  await prisma().enrollment.update({ where: { id: first.id }, data: { current_step: 2 } })
  expect((await ask(update, { key, params, body: { steps: [WAIT] } })).steps).toEqual([WAIT])
  const statusOf = async (run_id: string) => (await ask(getRun, { key, params: { id, run_id } })).status
  expect([await statusOf(first.id), await statusOf(second.id)]).toEqual(['completed', 'active'])
  expect((await send(remove, { key, params })).status).toBe(204)
  expect(await prisma().enrollment.count({ where: { flow_id: id } })).toBe(0)
  const told = await prisma().activity.findMany({ where: { contact_id: other.id }, orderBy: { at: 'asc' } })
  expect(told.map(({ type }) => type)).toEqual(['contact.entered_flow', 'contact.left_flow'])
})
