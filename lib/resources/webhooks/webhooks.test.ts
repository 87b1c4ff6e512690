import { beforeEach, describe, expect, test } from 'vitest'
import type { ActingOrganization } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { webhooksContract } from '@/lib/resources/webhooks/contract'
import { ask, refusal } from '@/lib/testing/ask'
import { callApi, outcomeOf } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { useEnvironment } from '@/lib/testing/environment'
import { auditOf, hoursAway, makeKey, makeOrganization, unusedId } from '@/lib/testing/fixtures'
import { answering, startReceiver } from '@/lib/testing/receiver'
import { deliverDue, deliveriesOf } from '@/lib/testing/webhooks'
import { MAX_WEBHOOKS } from '@/lib/work/webhooks/contract'
import { removeOldDeliveries } from '@/lib/work/webhooks/deliveries/remove-old'

useTestDatabase()
useEnvironment(() => ({ ALLOWED_WEBHOOK_HOSTS: ['127.0.0.1'] }))

const { operations } = webhooksContract
const scopes = ['webhooks:read', 'webhooks:write']
const BODY = { url: 'https://example.com/webhooks', events: ['contact.created'] }
const SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`

let organization: ActingOrganization
let key = ''
beforeEach(async () => {
  organization = await makeOrganization()
  key = (await makeKey(organization, { scopes })).key
})

const create = (body: Record<string, unknown> = {}, by = key) =>
  ask(operations.create, { key: by, body: { ...BODY, ...body } })

describe('a new webhook', () => {
  test('shows its secret once, and is audited without it', async () => {
    const made = await create()
    expect(made.secret).toMatch(/^whsec_/)
    for (const path of ['', `/${made.id}`]) {
      expect(await (await callApi(`/webhooks${path}`, { key })).text()).not.toContain('secret"')
    }
    const entries = await auditOf(made.id)
    expect(entries).toMatchObject([{ action: 'webhook.created', target_label: 'example.com', environment: 'live' }])
    expect(JSON.stringify(entries)).not.toContain(made.secret?.slice(6))
  })

  test('takes a secret of the caller’s', async () => {
    expect((await create({ secret: SECRET })).secret).toBe(SECRET)
  })

  test.each([
    ['url', 'http://example.com/'],
    ['url', 'https://127.0.0.2/'],
    ['url', 'https://[::ffff:10.0.0.1]/'],
    ['url', 'https://localhost/'],
    ['url', 'https://ada:secret@example.com/'],
    ['url', 'https://ada@example.com/'],
    ['url', 'https://example.com:6379/'],
    ['url', `https://example.com/${'a'.repeat(2_049 - 20)}`],
    ['url', 'ftp://example.com/'],
    ['url', 'javascript:alert(1)'],
    ['url', 'example.com'],
    ['url', 'https://example.com/#part'],
    ['url', ''],
    ['events', []],
    ['events.0', ['contact.eaten']],
    ['events.1', ['contact.created', 'webhook.test']],
    ['secret', `whsec_${Buffer.alloc(23).toString('base64')}`],
    ['secret', `whsec_${Buffer.alloc(65).toString('base64')}`],
    ['secret', Buffer.alloc(32).toString('base64')],
    ['secret', 'whsec_not base64'],
    ['environment', 'test'],
  ])('is refused for its %s: %j', async (path, value) => {
    const [field = ''] = path.split('.')
    const { errors } = await refusal(operations.create, { key, body: { ...BODY, [field]: value } })
    expect(errors?.map((error) => error.path)).toEqual([path])
  })

  test('may have a URL of 2,048 characters', async () => {
    const url = `https://example.com/${'a'.repeat(2_048 - 20)}`
    expect((await create({ url })).url).toBe(url)
  })

  test('is refused when there are as many as there may be, counted by environment and under a lock', async () => {
    const data = Array.from({ length: MAX_WEBHOOKS - 1 }, () => ({
      organization_id: organization.id,
      environment: 'live' as const,
      secret: new Uint8Array(24),
      ...BODY,
    }))
    await prisma().webhook.createMany({ data })
    const outcomes = await Promise.all(
      Array.from({ length: 4 }, async () => outcomeOf(await callApi('/webhooks', { method: 'POST', key, body: BODY }))),
    )
    expect(outcomes.map(String).toSorted()).toEqual(['201', ...Array(3).fill('webhook_limit_reached')])
    const sandbox = await makeKey(organization, { scopes, environment: 'test' })
    expect((await create({}, sandbox.key)).environment).toBe('test')
  })
})

describe('a key', () => {
  test('reaches the webhooks of its own environment only', async () => {
    const { id } = await create()
    const sandbox = await makeKey(organization, { scopes, environment: 'test' })
    const other = await create({}, sandbox.key)
    expect((await ask(operations.list, { key })).data.map((row) => row.id)).toEqual([id])
    for (const path of [`/webhooks/${id}`, `/webhooks/${id}/deliveries`]) {
      expect(await outcomeOf(await callApi(path, { key: sandbox.key }))).toBe('not_found')
    }
    for (const [method, path] of [
      ['DELETE', ''],
      ['POST', '/deliveries'],
      ['POST', `/deliveries/${unusedId()}/replay`],
    ] as const) {
      const reply = await callApi(`/webhooks/${other.id}${path}`, { method, key })
      expect(await outcomeOf(reply)).toBe('not_found')
    }
  })

  test('without admin neither subscribes to what happens to keys, nor leads that to itself', async () => {
    for (const events of [['*'], ['api_key.created']]) {
      expect((await refusal(operations.create, { key, body: { ...BODY, events } })).code).toBe('role_forbids')
    }
    const admin = await makeKey(organization, { scopes: ['admin'] })
    const { id } = await create({ events: ['*'] }, admin.key)
    const params = { id }
    for (const body of [{ url: 'https://example.org/mine' }, { events: ['contact.created'] }]) {
      expect((await refusal(operations.update, { key, params, body })).code).toBe('role_forbids')
    }
    const rotation = { key, params, body: { overlap_hours: 0 } as const }
    expect((await refusal(operations.rotateSecret, rotation)).code).toBe('role_forbids')
    expect(await ask(operations.get, { key, params })).toMatchObject({ url: BODY.url, events: ['*'] })
  })

  test('with write:all has no webhooks: they are administration', async () => {
    const wide = await makeKey(organization, { scopes: ['write:all', 'read:all'] })
    expect((await refusal(operations.create, { key: wide.key, body: BODY })).code).toBe('insufficient_scope')
  })
})

test('a retried creation makes one webhook, and does not repeat the secret', async () => {
  const headers = { 'Idempotency-Key': unusedId() }
  const replies = [1, 2].map(() => callApi('/webhooks', { method: 'POST', key, headers, body: BODY }))
  const secrets = await Promise.all((await Promise.all(replies)).map(async (reply) => (await reply.json()).secret))
  expect(secrets.filter((secret) => secret === null)).toHaveLength(1)
  expect(await prisma().webhook.count({ where: { organization_id: organization.id } })).toBe(1)
})

describe('what was sent', () => {
  async function sendTests(count: number, status: number) {
    const receiver = await startReceiver(answering(status))
    const { id } = await create({ url: receiver.url })
    for (let test = 0; test < count; test++) await ask(operations.sendTest, { key, params: { id } })
    await deliverDue(id)
    return { id, receiver }
  }

  test('stands in the log with its attempts, narrowed by what became of it', async () => {
    const { id, receiver } = await sendTests(2, 503)
    const list = await ask(operations.listDeliveries, { key, params: { id }, query: { status: 'failed' } })
    expect(list.data).toMatchObject([{ type: 'webhook.test', status: 'failed', attempts: 1 }, { attempts: 1 }])
    const none = await ask(operations.listDeliveries, { key, params: { id }, query: { status: 'delivered' } })
    expect(none.data).toEqual([])
    const delivery_id = list.data[0]?.id ?? ''
    const { log } = await ask(operations.getDelivery, { key, params: { id, delivery_id } })
    expect(log).toMatchObject([{ number: 1, status_code: 503, error: null, reply: 'answered 503' }])
    await receiver.stop()
  })

  test('is sent again one by one, with the id that it had', async () => {
    const { id, receiver } = await sendTests(1, 200)
    const delivery_id = (await deliveriesOf(id))[0]?.id ?? ''
    const again = await ask(operations.replayDelivery, { key, params: { id, delivery_id } })
    expect(again).toMatchObject({ status: 'pending', attempts: 1 })
    await deliverDue(id)
    expect((await deliveriesOf(id))[0]).toMatchObject({ status: 'delivered', attempts: 2 })
    expect(new Set(receiver.ids()).size).toBe(1)
    expect(receiver.received).toHaveLength(2)
    expect((await auditOf(id)).map(({ action }) => action)).toEqual([
      'webhook.created',
      'webhook.tested',
      'webhook.replayed',
    ])
    await receiver.stop()
  })

  test('is sent again by a span of time and by how it ended', async () => {
    const { id, receiver } = await sendTests(3, 500)
    const replay = async (body: { after: Date; before?: Date; status?: 'failed' | 'delivered' }) =>
      (await ask(operations.replay, { key, params: { id }, body: JSON.parse(JSON.stringify(body)) })).replayed
    expect(await replay({ after: hoursAway(-1), status: 'delivered' })).toBe(0)
    expect(await replay({ after: hoursAway(-2), before: hoursAway(-1) })).toBe(0)
    expect(await replay({ after: hoursAway(-1) })).toBe(3)
    await deliverDue(id)
    expect(receiver.received).toHaveLength(6)
    const backwards = { after: hoursAway(1).toISOString(), before: hoursAway(0).toISOString() }
    expect((await refusal(operations.replay, { key, params: { id }, body: backwards })).errors).toMatchObject([
      { path: 'before' },
    ])
    await receiver.stop()
  })

  test('is not asked for of a webhook that is disabled', async () => {
    const { id } = await create({ enabled: false })
    expect((await refusal(operations.sendTest, { key, params: { id } })).code).toBe('wrong_state')
    const body = { after: hoursAway(-1).toISOString() }
    expect((await refusal(operations.replay, { key, params: { id }, body })).code).toBe('wrong_state')
  })

  test('is removed after a month, with its attempts', async () => {
    const { id, receiver } = await sendTests(2, 200)
    const [old] = await deliveriesOf(id)
    const month = (31 * 24 * 3_600_000).valueOf()
    const early = (Date.now() - month).toString(16).padStart(12, '0')
    const old_id = `${early.slice(0, 8)}-${early.slice(8)}-7000-8000-${unusedId().slice(-12)}`
    await prisma().$executeRaw`
      WITH freed AS (DELETE FROM webhook_attempts WHERE delivery_id = ${old?.id}::uuid RETURNING 1)
      UPDATE webhook_deliveries SET id = ${old_id}::uuid WHERE id = ${old?.id}::uuid AND (SELECT count(*) FROM freed) >= 0`
    await removeOldDeliveries()
    expect((await deliveriesOf(id)).map((delivery) => delivery.id)).not.toContain(old_id)
    expect(await deliveriesOf(id)).toHaveLength(1)
    await receiver.stop()
  })
})
