import { expect, test } from 'vitest'
import { prisma, workerPrisma } from '@/lib/kernel/db/client'
import { inBulkTransaction } from '@/lib/kernel/db/transaction'
import { callApi, callForm } from '@/lib/testing/call'
import { useOwnDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'
import { carryOutJobs, carryOutRound } from '@/lib/testing/jobs'
import { someoneWaits } from '@/lib/testing/overlap'
import { afterStatement } from '@/lib/testing/statements'
import { relayAll } from '@/lib/testing/webhooks'
import { readOn } from '@/lib/work/webhooks/relay/read-on'

// The place up to which events are read is the database's.
useOwnDatabase()

const scopes = ['write:all', 'read:all', 'contacts:delete']
const TASK = { kind: 'task', title: 'Call them' }
const WAIT = { kind: 'wait', hours: 1 }

/** An organisation whose flows are started by what its key does. */
async function setUp(
  environment: 'live' | 'test' = 'live',
  organization?: Awaited<ReturnType<typeof makeOrganization>>,
) {
  const own = organization ?? (await makeOrganization())
  const { key } = await makeKey(own, { scopes, environment })
  const send = async (method: string, path: string, body?: object) => {
    const response = await callApi(path, { key, method, ...(body && { body }) })
    if (!response.ok) throw new Error(await response.text())
    return response.status === 204 ? null : response.json()
  }
  const flow = (fields: object = {}) =>
    send('POST', '/flows', { name: 'Welcome', event: 'contact.created', steps: [TASK], ...fields })
  const contact = (email: string, fields: object = {}) => send('POST', '/contacts', { email, ...fields })
  const runs = async (id: string) => (await send('GET', `/flows/${id}/runs?sort=enrolled_at`)).data
  const tasks = () => prisma().task.count({ where: { organization_id: own.id, environment } })
  return { organization: own, send, flow, contact, runs, tasks }
}

/** Reads what has happened, and carries out what is due, until a while after nothing comes any more. */
async function settle(rounds = 8) {
  for (let round = 0; round < rounds; round++) {
    await relayAll()
    await carryOutRound('sequences.carry_out')
    await carryOutJobs()
  }
}

test('an event takes its contact through the steps, once, and the run says what happened', async () => {
  const { flow, contact, runs, send, tasks } = await setUp()
  const { id } = await flow({ steps: [TASK, WAIT] })
  const { id: contact_id } = await contact('ada@example.com')
  await settle(3)
  const [run] = await runs(id)
  expect(await runs(id)).toHaveLength(1)
  expect(run).toMatchObject({ contact_id, status: 'active', current_step: 3, event: { type: 'contact.created' } })
  expect(await tasks()).toBe(1)
  const whole = await send('GET', `/flows/${id}/runs/${run.id}`)
  expect(whole.happened).toMatchObject([
    { type: 'contact.entered_flow', step: null },
    { type: 'contact.flow_step_carried_out', step: 1, kind: 'task', task_id: expect.any(String), email_id: null },
    { type: 'contact.flow_step_carried_out', step: 2, kind: 'wait', task_id: null },
  ])
  await prisma().$executeRaw`UPDATE enrollments SET next_step_at = now() - interval '1 ms' WHERE id = ${run.id}::uuid`
  await settle(2)
  const ended = await send('GET', `/flows/${id}/runs/${run.id}`)
  expect(ended).toMatchObject({ status: 'completed', ended_at: expect.any(String) })
  expect(ended.happened.at(-1)).toMatchObject({ type: 'contact.completed_flow' })
})

test('only what its conditions hold of starts a flow', async () => {
  const { flow, contact, runs, send } = await setUp()
  const is = (field: string, value: unknown, operator = 'is') => ({ field, operator, value })
  const [acme, others, changed, both] = await Promise.all([
    flow({ conditions: [is('contact.company', 'Acme')] }),
    flow({ conditions: [is('contact.company', 'Acme', 'is_not')] }),
    flow({ event: 'contact.updated', conditions: [is('details.fields', 'title')] }),
    flow({ conditions: [is('contact.company', 'Acme'), is('contact.email', 'ada@example.com')] }),
  ])
  const ada = await contact('ada@example.com', { company: 'Acme' })
  const bob = await contact('bob@example.com', { company: 'Acme' })
  const eve = await contact('eve@example.com')
  await send('PATCH', `/contacts/${ada.id}`, { company: 'Acme' })
  await send('PATCH', `/contacts/${bob.id}`, { title: 'CTO', company: 'Acme' })
  await relayAll()
  const started = async ({ id }: { id: string }) =>
    (await runs(id)).map(({ contact_id }: { contact_id: string }) => contact_id).toSorted()
  expect(await started(acme)).toEqual([ada.id, bob.id].toSorted())
  expect(await started(others)).toEqual([eve.id])
  expect(await started(changed)).toEqual([bob.id])
  expect(await started(both)).toEqual([ada.id])
})

test('answers to a form start a flow for the contact with that email', async () => {
  const { flow, contact, runs, send } = await setUp()
  const fields = [{ name: 'email', kind: 'email', label: 'Email', required: true }]
  const form = await send('POST', '/forms', { name: 'Newsletter', fields })
  const { id } = await flow({ event: 'form.submitted' })
  const { id: contact_id } = await contact('ada@example.com')
  for (const email of ['ada@example.com', 'nobody@example.com']) {
    const reply = await callForm(form.public_id, { method: 'POST', body: { email } })
    expect(reply.status).toBe(201)
  }
  await relayAll()
  expect(await runs(id)).toMatchObject([{ contact_id, event: { type: 'form.submitted' } }])
})

test('a flow is never started by what it does itself, though it would wait for just that', async () => {
  const { flow, contact, runs, send, tasks } = await setUp()
  const { id } = await flow({ event: 'task.created' })
  const { id: contact_id } = await contact('ada@example.com')
  await send('POST', '/tasks', { title: 'First', contact_id })
  await settle()
  expect(await runs(id)).toHaveLength(1)
  expect(await tasks()).toBe(2)
})

test('flows that start each other in a circle end after five', async () => {
  const { flow, contact, runs, send, tasks } = await setUp()
  const [one, other] = [await flow({ event: 'task.created' }), await flow({ event: 'contact.completed_flow' })]
  const { id: contact_id } = await contact('ada@example.com')
  await send('POST', '/tasks', { title: 'First', contact_id })
  await settle(14)
  expect((await runs(one.id)).length + (await runs(other.id)).length).toBe(5)
  expect(await tasks()).toBe(6)
  // What somebody else does begins anew.
  await send('POST', '/tasks', { title: 'Again', contact_id })
  await settle(14)
  expect((await runs(one.id)).length + (await runs(other.id)).length).toBe(10)
})

test('events of the sandbox start flows of the sandbox only', async () => {
  const live = await setUp()
  const sandbox = await setUp('test', live.organization)
  const [there, here] = [await live.flow(), await sandbox.flow()]
  await sandbox.contact('ada@example.com')
  await relayAll()
  expect(await live.runs(there.id)).toEqual([])
  expect(await sandbox.runs(here.id)).toHaveLength(1)
  const stranger = await setUp()
  const foreign = await stranger.flow()
  await live.contact('ada@example.com')
  await relayAll()
  expect(await stranger.runs(foreign.id)).toEqual([])
})

test('whoever is excluded is taken through nothing', async () => {
  const { flow, contact, runs, send } = await setUp()
  const { id } = await flow()
  await send('POST', '/exclusions', { kind: 'domain', value: 'example.com' })
  await contact('ada@example.com')
  await contact('bob@example.org')
  await relayAll()
  expect(await runs(id)).toHaveLength(1)
})

test('the mails of a flow offer to unsubscribe, and whoever has goes on without them', async () => {
  const { flow, contact, runs, send, tasks, organization } = await setUp('test')
  const { id } = await flow({ steps: [{ kind: 'email', subject: 'Welcome', body: 'Good to have you.' }, TASK] })
  await send('POST', '/unsubscribes', { email: 'bob@example.com' })
  for (const email of ['ada@example.com', 'bob@example.com']) await contact(email)
  await settle(3)
  expect(await prisma().email.findMany({ where: { organization_id: organization.id } })).toMatchObject([
    {
      to: [{ email: 'ada@example.com' }],
      unsubscribable: true,
      headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
    },
  ])
  expect(await runs(id)).toMatchObject([{ status: 'completed' }, { status: 'completed' }])
  expect(await tasks()).toBe(2)
})

test('a flow that is being changed starts its runs meanwhile, and holds no event back', async () => {
  const { flow, contact, runs } = await setUp()
  const { id } = await flow()
  await contact('ada@example.com')
  await inBulkTransaction(async (db) => {
    await db.$queryRaw`SELECT FROM flows WHERE id = ${id}::uuid FOR NO KEY UPDATE`
    // What other databases of the server are about may hold it back for a moment.
    do await readOn(workerPrisma())
    while ((await runs(id)).length === 0)
  })
})

test('a flow that is being deleted starts nothing, so that no history tells of a run without an end', async () => {
  const { flow, contact, send } = await setUp()
  const { id } = await flow()
  const { id: contact_id } = await contact('ada@example.com')
  let reading: Promise<unknown> = Promise.resolve()
  const read = async () => {
    reading = readOn(workerPrisma())
    await Promise.race([reading, someoneWaits()])
  }
  await afterStatement(/UPDATE enrollments/, read, () => send('DELETE', `/flows/${id}`))
  await reading
  await relayAll()
  const types = (await prisma().activity.findMany({ where: { contact_id } })).map(({ type }) => type)
  expect(types).toEqual(['contact.created'])
})

test('a disabled flow starts nothing and carries out nothing, and what happened meanwhile stays without it', async () => {
  const { flow, contact, runs, send, tasks } = await setUp()
  const { id } = await flow()
  await contact('before@example.com')
  await relayAll()
  await send('POST', `/flows/${id}/disable`)
  await contact('meanwhile@example.com')
  await settle(2)
  expect([(await runs(id)).length, await tasks()]).toEqual([1, 0])
  await contact('unread@example.com')
  await send('POST', `/flows/${id}/enable`)
  await contact('after@example.com')
  await settle(2)
  expect([(await runs(id)).length, await tasks()]).toEqual([2, 2])
})

test('who is on the way through a flow is not taken in again, and may be when that has ended', async () => {
  const { flow, contact, runs, send } = await setUp()
  const { id } = await flow({ event: 'contact.updated', steps: [WAIT] })
  const { id: contact_id } = await contact('ada@example.com')
  const touch = (title: string) => send('PATCH', `/contacts/${contact_id}`, { title })
  await touch('CTO')
  await touch('CEO')
  await relayAll()
  await touch('Chair')
  await relayAll()
  const [run] = await runs(id)
  expect(await runs(id)).toHaveLength(1)
  await send('POST', `/flows/${id}/runs/${run.id}/stop`)
  await touch('Founder')
  await relayAll()
  expect(await runs(id)).toHaveLength(2)
})

test('a contact who is deleted before the event is read is passed by', async () => {
  const { flow, contact, runs, send } = await setUp()
  const { id } = await flow()
  const { id: contact_id } = await contact('ada@example.com')
  await send('DELETE', `/contacts/${contact_id}`)
  await relayAll()
  expect(await runs(id)).toEqual([])
})

test('a thousand events at once each start their run, once', async () => {
  const { organization, flow } = await setUp()
  const { id } = await flow({ steps: [WAIT] })
  await prisma().$executeRaw`
    WITH made AS (
      INSERT INTO contacts (id, organization_id, environment, email, updated_at)
      SELECT gen_random_uuid(), ${organization.id}::uuid, 'live', 'c' || n || '@example.com', now()
      FROM generate_series(1, 1000) n RETURNING id
    )
    INSERT INTO activities (id, organization_id, environment, type, actor_kind, actor_label, subject_kind, subject_id, contact_id)
    SELECT gen_random_uuid(), ${organization.id}::uuid, 'live', 'contact.created', 'key', 'lk_live_000000', 'contact', id, id
    FROM made`
  await Promise.all([relayAll(), relayAll()])
  expect(await prisma().enrollment.count({ where: { flow_id: id } })).toBe(1_000)
})
