import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { AUDITED } from '@/lib/contracts/audited'
import { recordAudit } from '@/lib/kernel/audit/record'
import { prisma, workerPrisma } from '@/lib/kernel/db/client'
import { deleteKey } from '@/lib/keys/life/delete'
import { revokeKey } from '@/lib/keys/life/revocation/revoke'
import { rotateKey } from '@/lib/keys/life/rotate'
import { updateKey } from '@/lib/keys/life/update'
import { callApi, outcomeOf } from '@/lib/testing/call'
import { useOwnDatabase } from '@/lib/testing/database'
import { useEnvironment } from '@/lib/testing/environment'
import { makeKey, makeOrganization, operator, unusedId } from '@/lib/testing/fixtures'
import { overlap } from '@/lib/testing/overlap'
import { untilSettled } from '@/lib/testing/settled'
import { deliveriesOf, makeWebhook, relayAll } from '@/lib/testing/webhooks'
import { readOn } from '@/lib/work/webhooks/relay/read-on'

// The place up to which it is read is the database's.
useOwnDatabase()
useEnvironment(() => ({ ALLOWED_WEBHOOK_HOSTS: ['127.0.0.1'] }))

const url = 'http://127.0.0.1:9/hooks'
const scopes = ['contacts:write', 'contacts:read', 'contacts:delete']

const message = z.object({
  type: z.string(),
  timestamp: z.iso.datetime(),
  data: z.object({
    id: z.uuid(),
    environment: z.string().nullable(),
    actor: z.object({ kind: z.string(), id: z.string().nullable(), label: z.string() }),
    subject: z.object({ kind: z.string(), id: z.uuid().nullable() }),
    contact_id: z.uuid().nullable(),
    sequence: z.int().nullable(),
    details: z.record(z.string(), z.unknown()),
  }),
})

const messagesOf = async (webhook_id: string) =>
  (await deliveriesOf(webhook_id)).map(({ body }) => message.parse(JSON.parse(body)))

async function setUp(environment: 'live' | 'test' = 'live') {
  const organization = await makeOrganization()
  const { key } = await makeKey(organization, { scopes, environment })
  const create = async (email = 'ada@example.com') =>
    (await callApi('/contacts', { method: 'POST', key, body: { email } })).json()
  return { organization, key, create }
}

test('each event comes once to each subscription that wants it, with what happened to which row', async () => {
  const { organization, key, create } = await setUp()
  await relayAll()
  const [all, some, others] = [
    await makeWebhook(organization, { url }),
    await makeWebhook(organization, { url, events: ['contact.deleted'] }),
    await makeWebhook(await makeOrganization(), { url }),
  ]
  const { id } = await create()
  await callApi(`/contacts/${id}`, { method: 'PATCH', key, body: { company: 'Acme' } })
  await callApi(`/contacts/${id}`, { method: 'DELETE', key })
  await relayAll()
  await relayAll()
  const told = await messagesOf(all.id)
  expect(told.map(({ type, data }) => [type, data.sequence])).toEqual([
    ['contact.created', 1],
    ['contact.updated', 2],
    ['contact.deleted', 3],
  ])
  for (const { data } of told) {
    expect(data).toMatchObject({ environment: 'live', subject: { kind: 'contact', id }, contact_id: id })
    expect(data.actor.kind).toBe('key')
  }
  expect(told[1]?.data.details).toEqual({ fields: ['company'] })
  expect((await messagesOf(some.id)).map(({ type }) => type)).toEqual(['contact.deleted'])
  expect(await messagesOf(others.id)).toEqual([])
})

test('events of the sandbox come to its own subscriptions only, those of keys too', async () => {
  const { organization, create } = await setUp('test')
  await relayAll()
  const live = await makeWebhook(organization, { url })
  const sandbox = await makeWebhook(organization, { url, environment: 'test' })
  await create()
  await makeKey(organization, { environment: 'test' })
  await relayAll()
  expect(await messagesOf(live.id)).toEqual([])
  expect((await messagesOf(sandbox.id)).map(({ type }) => type)).toEqual(['contact.created', 'api_key.created'])
})

test('the life of a key is told in its order, without the key', async () => {
  const { organization } = await setUp()
  await relayAll()
  const webhook = await makeWebhook(organization, { url })
  const ctx = operator(organization)
  const { id, key } = await makeKey(organization)
  await updateKey(ctx, { id, changes: { name: 'Another name' } })
  await rotateKey(ctx, { id, grace_hours: 1 })
  await revokeKey(ctx, { id, leaked: true })
  await deleteKey(ctx, { id })
  await relayAll()
  const own = (await messagesOf(webhook.id)).filter(({ data }) => data.subject.id === id)
  expect(own.map(({ type }) => type)).toEqual([
    'api_key.created',
    'api_key.updated',
    'api_key.rotated',
    'api_key.revoked',
    'api_key.deleted',
  ])
  const sequences = own.map(({ data }) => data.sequence ?? 0)
  expect(sequences).toEqual([...new Set(sequences)].toSorted((one, other) => one - other))
  const bodies = (await deliveriesOf(webhook.id)).map(({ body }) => body).join()
  expect(bodies).not.toContain(key)
})

test('a rotation is told of both keys: the one that ends, and the one that is new', async () => {
  const { organization } = await setUp()
  const ctx = operator(organization)
  const { id, name } = await makeKey(organization)
  await relayAll()
  const [all, some, audit] = [
    await makeWebhook(organization, { url }),
    await makeWebhook(organization, { url, events: ['api_key.created'] }),
    await makeWebhook(organization, { url, events: ['audit.*'] }),
  ]
  await relayAll()
  const before = (await messagesOf(audit.id)).length
  const successor = await rotateKey(ctx, { id, grace_hours: 1, expires_in_hours: 100 })
  await relayAll()
  const told = (await messagesOf(all.id)).filter(
    ({ data }) => data.subject.id === id || data.subject.id === successor.id,
  )
  expect(told.map(({ type, data }) => [type, data.subject.id]).toSorted()).toEqual([
    ['api_key.created', successor.id],
    ['api_key.rotated', id],
  ])
  const [made] = await messagesOf(some.id)
  expect(made).toMatchObject({ type: 'api_key.created', data: { subject: { kind: 'api_key', id: successor.id } } })
  expect(made?.data).toMatchObject({ sequence: 1, environment: 'live', actor: { label: 'tests' } })
  expect(made?.data.details).toMatchObject({
    label: successor.key_prefix,
    before: null,
    after: { name, expires_at: successor.expires_at?.toISOString() },
    reason: null,
  })
  expect(Object.keys(Object(made?.data.details.after)).toSorted()).toEqual(
    [...AUDITED['api_key.created'].facts].toSorted(),
  )
  expect((await messagesOf(audit.id)).slice(before).map(({ type }) => type)).toEqual(['audit.api_key.rotated'])
  expect(new Set((await deliveriesOf(all.id)).map(({ event_id }) => event_id)).size).toBe(told.length)
})

test('of a rotation that a version before has written, with an entry for each key, each is told once', async () => {
  const { organization } = await setUp()
  await relayAll()
  const webhook = await makeWebhook(organization, { url, events: ['api_key.created', 'api_key.rotated'] })
  const entry = (action: string, after: object) => ({
    organization_id: organization.id,
    environment: 'live' as const,
    actor_kind: 'operator',
    actor_label: 'tests',
    action,
    target_kind: 'api_key',
    target_id: unusedId(),
    target_label: 'lk_live_000000',
    after,
  })
  await prisma().auditEntry.createMany({
    data: [entry('api_key.created', { name: 'new' }), entry('api_key.rotated', { successor: 'lk_live_111111' })],
  })
  await relayAll()
  expect((await messagesOf(webhook.id)).map(({ type }) => type).toSorted()).toEqual([
    'api_key.created',
    'api_key.rotated',
  ])
})

test('a reader that waited for another goes on where that one has come to, however far, and loses no event', async () => {
  const { organization, create } = await setUp()
  const webhook = await makeWebhook(organization, { url, events: ['contact.created'] })
  await relayAll()
  await overlap(
    (db) => db.$queryRaw`SELECT FROM webhook_relay FOR UPDATE`,
    () => readOn(workerPrisma()),
    async (db) => {
      for (let others = 0; others < 3; others++) await prisma().$queryRaw`SELECT pg_current_xact_id()::text`
      await db.$executeRaw`UPDATE webhook_relay SET read_to = pg_snapshot_xmax(pg_current_snapshot())`
      await create()
    },
  )
  await relayAll()
  expect((await messagesOf(webhook.id)).map(({ type }) => type)).toEqual(['contact.created'])
})

test('a change that is taken back is no event, and one that is under way holds back those after it', async () => {
  const { organization, create } = await setUp()
  await relayAll()
  const webhook = await makeWebhook(organization, { url, events: ['contact.created'] })
  const count = async () => (await messagesOf(webhook.id)).length
  const activity = {
    organization_id: organization.id,
    environment: 'live' as const,
    type: 'contact.created',
    actor_kind: 'key',
    actor_label: 'lk_live_000000',
    subject_kind: 'contact',
    subject_id: organization.id,
  }
  const failed = prisma().$transaction(async (db) => {
    await db.activity.create({ data: activity })
    throw new Error('taken back')
  })
  await expect(failed).rejects.toThrow('taken back')
  await relayAll()
  expect(await count()).toBe(0)
  await prisma().$transaction(async (db) => {
    await db.activity.create({ data: activity })
    await create()
    while (await readOn(workerPrisma())) {}
    expect(await count()).toBe(0)
  })
  await relayAll()
  expect(await count()).toBe(2)
})

test('several that read at once take each event once', async () => {
  const { organization, create } = await setUp()
  await relayAll()
  const webhook = await makeWebhook(organization, { url, events: ['contact.created'] })
  for (let count = 0; count < 20; count++) await create(`ada-${count}@example.com`)
  await Promise.all(Array.from({ length: 4 }, () => relayAll()))
  const ids = (await deliveriesOf(webhook.id)).map(({ event_id }) => event_id)
  expect([ids.length, new Set(ids).size]).toEqual([20, 20])
})

test('ten thousand at once are read in portions, and all arrive', async () => {
  const { organization } = await setUp()
  await relayAll()
  const webhook = await makeWebhook(organization, { url, events: ['contact.created'] })
  const insert = (count: number) => prisma().$executeRaw`
    INSERT INTO activities (id, organization_id, environment, type, actor_kind, actor_label, subject_kind, subject_id)
    SELECT gen_random_uuid(), ${organization.id}::uuid, 'live', 'contact.created', 'key', 'lk_live_000000', 'contact', gen_random_uuid()
    FROM generate_series(1, ${count}::int)`
  // One transaction that alone is more than a portion, and many small ones.
  await insert(5_000)
  for (let count = 0; count < 50; count++) await insert(100)
  await untilSettled()
  expect(await readOn(workerPrisma())).toBe(true)
  await relayAll()
  expect(await prisma().webhookDelivery.count({ where: { webhook_id: webhook.id } })).toBe(10_000)
})

test('a database that was restored into another server goes on with what is new', async () => {
  const { organization, create } = await setUp()
  const webhook = await makeWebhook(organization, { url, events: ['contact.created'] })
  await relayAll()
  await create('before@example.com')
  await prisma()
    .$executeRaw`UPDATE activities SET transaction_id = '9000000000000' WHERE organization_id = ${organization.id}::uuid`
  await prisma().$executeRaw`UPDATE webhook_relay SET read_to = '8000000000000'`
  await relayAll()
  const { id } = await create('after@example.com')
  await relayAll()
  expect((await messagesOf(webhook.id)).map(({ data }) => data.subject.id)).toEqual([id])
  const numbered = await prisma().$queryRaw`SELECT id FROM activities WHERE transaction_id > '7000000000000'`
  expect(numbered).toEqual([])
})

describe('audit.*', () => {
  test('tells a subscription every entry, what belongs to no environment to a live one, and tells `*` nothing of it', async () => {
    const { organization } = await setUp()
    await relayAll()
    const [audit, some, everything] = [
      await makeWebhook(organization, { url, events: ['audit.*'] }),
      await makeWebhook(organization, { url, events: ['audit.member.added'] }),
      await makeWebhook(organization, { url }),
    ]
    const sandbox = await makeWebhook(organization, { url, events: ['audit.*'], environment: 'test' })
    await relayAll()
    const [before, beforeSandbox] = [(await messagesOf(audit.id)).length, (await messagesOf(sandbox.id)).length]
    const { id } = await makeKey(organization, { environment: 'test' })
    const target = { id, label: 'ada@acme.test' }
    const origin = { address: '203.0.113.7', user_agent: 'curl/8', request_id: 'req-1' }
    await prisma().$transaction((db) =>
      recordAudit(
        { ...operator(organization), db, origin },
        { action: 'member.added', target, after: { role: 'admin' } },
      ),
    )
    await relayAll()
    const [told] = (await messagesOf(audit.id)).slice(before)
    expect(told).toMatchObject({ type: 'audit.member.added', data: { environment: null, actor: { label: 'tests' } } })
    expect(told?.data.details).toEqual({
      label: target.label,
      before: null,
      after: { role: 'admin' },
      reason: null,
      ...origin,
    })
    expect((await messagesOf(some.id)).map(({ type }) => type)).toEqual(['audit.member.added'])
    expect((await messagesOf(sandbox.id)).slice(beforeSandbox).map(({ type }) => type)).toEqual([
      'audit.api_key.created',
    ])
    expect((await messagesOf(everything.id)).filter(({ type }) => type.startsWith('audit.'))).toEqual([])
  })

  test('and `*` together tell one change as two events, of which a receiver drops none', async () => {
    const { organization } = await setUp()
    await relayAll()
    const webhook = await makeWebhook(organization, { url, events: ['*', 'audit.*'] })
    await relayAll()
    const before = (await deliveriesOf(webhook.id)).length
    await makeKey(organization)
    await relayAll()
    const told = (await deliveriesOf(webhook.id)).slice(before)
    expect(told.map(({ type }) => type).toSorted()).toEqual(['api_key.created', 'audit.api_key.created'])
    expect(new Set(told.map(({ event_id }) => event_id)).size).toBe(2)
  })

  test('needs admin, and knows no action that there is not', async () => {
    const { organization } = await setUp()
    const post = async (scopes: string[], events: string[]) => {
      const { key } = await makeKey(organization, { scopes })
      return outcomeOf(
        await callApi('/webhooks', { method: 'POST', key, body: { url: 'https://example.com/', events } }),
      )
    }
    expect(await post(['webhooks:write'], ['audit.*'])).toBe('role_forbids')
    expect(await post(['webhooks:write'], ['audit.member.added'])).toBe('role_forbids')
    expect(await post(['admin'], ['audit.*', 'audit.member.added'])).toBe(201)
    expect(await post(['admin'], ['audit.member.eaten'])).toBe('validation_failed')
  })
})
