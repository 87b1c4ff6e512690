import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { IncomingHttpHeaders } from 'node:http'
import { createInterface } from 'node:readline'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { DAY_MS, SECOND_MS } from '@/lib/base/time'
import { prisma } from '@/lib/kernel/db/client'
import { callApi } from '@/lib/testing/call'
import { useOwnDatabase } from '@/lib/testing/database'
import { useEnvironment } from '@/lib/testing/environment'
import { auditOf, hoursAway, makeKey, makeMember, makeOrganization, operator } from '@/lib/testing/fixtures'
import { carryOutJobs, carryOutRound } from '@/lib/testing/jobs'
import { type MailServer, startMailServer } from '@/lib/testing/mail-server'
import { tellAndMail } from '@/lib/testing/notices'
import { answering, startReceiver } from '@/lib/testing/receiver'
import { deliverDue, deliveriesOf, makeWebhook, passTimeFor, relayAll, relayAndDeliver } from '@/lib/testing/webhooks'
import { sendTest } from '@/lib/work/webhooks/deliveries/send-test'
import { deleteWebhook } from '@/lib/work/webhooks/subscriptions/delete'
import { getWebhook } from '@/lib/work/webhooks/subscriptions/get'
import { rotateWebhookSecret } from '@/lib/work/webhooks/subscriptions/rotate-secret'
import { updateWebhook } from '@/lib/work/webhooks/subscriptions/update'

useOwnDatabase()
let mailServer: MailServer
beforeAll(async () => {
  mailServer = await startMailServer()
})
useEnvironment(() => ({
  ALLOWED_WEBHOOK_HOSTS: ['127.0.0.1'],
  SMTP_URL: mailServer.url,
  MAIL_FROM: 'keys@example.com',
}))
afterAll(() => mailServer.stop())

let organization: Awaited<ReturnType<typeof makeOrganization>>
let key = ''
beforeEach(async () => {
  organization = await makeOrganization()
  key = (await makeKey(organization, { scopes: ['contacts:write'] })).key
  await relayAll()
})

const happen = async (count = 1) => {
  for (let number = 0; number < count; number++) {
    const body = { email: `ada-${crypto.randomUUID()}@example.com` }
    expect((await callApi('/contacts', { method: 'POST', key, body })).status).toBe(201)
  }
}

/** A receiver that answers so, and a subscription of it to new contacts. */
async function subscribed(answers?: Parameters<typeof startReceiver>[0]) {
  const receiver = await startReceiver(answers)
  const webhook = await makeWebhook(organization, { url: receiver.url, events: ['contact.created'] })
  return { receiver, webhook, ctx: operator(organization) }
}

/** The headers that are verified. */
const signed = (headers: IncomingHttpHeaders) => ({
  'webhook-id': String(headers['webhook-id']),
  'webhook-timestamp': String(headers['webhook-timestamp']),
  'webhook-signature': String(headers['webhook-signature']),
})

const healthOf = (webhook_id: string) => prisma().webhookHealth.findUniqueOrThrow({ where: { webhook_id } })

const saying = z.union([z.object({ port: z.int() }), z.object({ id: z.string(), type: z.string().nullable() })])

describe('a delivery', () => {
  test('is verified by the package of the standard, in a process of its own', async () => {
    const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`
    const child = spawn(process.execPath, ['lib/testing/verifying-receiver.mjs', secret], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
      const next = async () => saying.parse(JSON.parse((await lines.next()).value ?? 'null'))
      const said = await next()
      if (!('port' in said)) throw new Error('The receiver did not say its port.')
      const url = `http://127.0.0.1:${said.port}/`
      const webhook = await makeWebhook(organization, { url, events: ['contact.created'], secret })
      await happen()
      await relayAndDeliver(webhook.id)
      const [delivery] = await deliveriesOf(webhook.id)
      expect(await next()).toEqual({ id: delivery?.event_id, type: 'contact.created' })
      expect(delivery).toMatchObject({ status: 'delivered', attempts: 1, next_attempt_at: null })
      expect(delivery?.log).toMatchObject([{ number: 1, status_code: 204, error: null, reply: '' }])
    } finally {
      child.kill()
      await once(child, 'exit')
    }
  })

  test('of one event has the same id for every subscription and at every attempt, and a new time', async () => {
    const { receiver, webhook } = await subscribed((response, _, number) =>
      answering(number === 1 ? 500 : 200)(response, _, number),
    )
    const other = await makeWebhook(organization, { url: receiver.url, events: ['*'] })
    await happen()
    await relayAndDeliver(webhook.id)
    await deliverDue(other.id)
    await passTimeFor(webhook.id)
    await deliverDue(webhook.id)
    expect(receiver.ids()).toHaveLength(3)
    expect(new Set(receiver.ids()).size).toBe(1)
    const signer = new Webhook(webhook.secret)
    for (const { headers, body } of [receiver.received[0], receiver.received[2]].flatMap((one) => one ?? [])) {
      expect(signer.verify(body, signed(headers))).toMatchObject({
        type: 'contact.created',
      })
      expect(Math.abs(Number(headers['webhook-timestamp']) - Date.now() / SECOND_MS)).toBeLessThan(60)
    }
    expect((await deliveriesOf(webhook.id))[0]).toMatchObject({ status: 'delivered', attempts: 2 })
    await receiver.stop()
  })

  test('is signed by both secrets while one follows the other, and by the new one afterwards', async () => {
    const { receiver, webhook, ctx } = await subscribed()
    const rotated = await rotateWebhookSecret(ctx, { id: webhook.id, overlap_hours: 1 })
    expect(rotated.previous_secret_until).not.toBeNull()
    await happen()
    await relayAndDeliver(webhook.id)
    await prisma().webhook.update({ where: { id: webhook.id }, data: { previous_secret_until: hoursAway(-1) } })
    await happen()
    await relayAndDeliver(webhook.id)
    const verified = receiver.received.map(({ headers, body }) =>
      [webhook, rotated].map(({ secret }) => {
        try {
          return Boolean(new Webhook(secret).verify(body, signed(headers)))
        } catch {
          return false
        }
      }),
    )
    expect(verified).toEqual([
      [true, true],
      [false, true],
    ])
    expect((await getWebhook(ctx, { id: webhook.id })).previous_secret_until).toBeNull()
    await receiver.stop()
  })

  test('that fails ten times is given up, with all its attempts in the log', async () => {
    const { receiver, webhook } = await subscribed(answering(500))
    await happen()
    await relayAll()
    for (let attempt = 0; attempt < 12; attempt++) {
      await passTimeFor(webhook.id)
      await deliverDue(webhook.id)
    }
    const [delivery] = await deliveriesOf(webhook.id)
    expect(delivery).toMatchObject({ status: 'failed', attempts: 10, next_attempt_at: null })
    expect(delivery?.log.map(({ number, status_code }) => [number, status_code])).toEqual(
      Array.from({ length: 10 }, (_, index) => [index + 1, 500]),
    )
    expect(receiver.received).toHaveLength(10)
    await receiver.stop()
  })

  test('waits for what Retry-After asks for, and everything else for the same receiver with it', async () => {
    const { receiver, webhook } = await subscribed(answering(429, { 'Retry-After': '3600' }))
    await happen(30)
    await relayAndDeliver(webhook.id)
    expect(receiver.received.length).toBeLessThanOrEqual(10)
    const { rests_until } = await healthOf(webhook.id)
    expect(Number(rests_until)).toBeGreaterThan(hoursAway(0.95).getTime())
    const tried = (await deliveriesOf(webhook.id)).filter(({ attempts }) => attempts > 0)
    for (const { next_attempt_at } of tried) {
      expect(Number(next_attempt_at)).toBeGreaterThan(hoursAway(0.95).getTime())
    }
    const before = receiver.received.length
    await deliverDue(webhook.id)
    expect(receiver.received).toHaveLength(before)
    await receiver.stop()
  })

  test('to a receiver that failed is tried by one request, until one arrives', async () => {
    let broken = true
    const { receiver, webhook } = await subscribed((response, ...rest) =>
      answering(broken ? 503 : 200, broken ? { 'Retry-After': '1' } : {})(response, ...rest),
    )
    await happen(20)
    await relayAndDeliver(webhook.id)
    const first = receiver.received.length
    await passTimeFor(webhook.id)
    await deliverDue(webhook.id)
    expect(receiver.received.length - first).toBe(1)
    broken = false
    await passTimeFor(webhook.id)
    await deliverDue(webhook.id)
    expect((await deliveriesOf(webhook.id)).every(({ status }) => status === 'delivered')).toBe(true)
    expect(await healthOf(webhook.id)).toMatchObject({ failing_since: null, failures: 0, rests_until: null })
    await receiver.stop()
  })

  test('that a stopping worker cut off is made again and says nothing of the receiver', async () => {
    const { receiver, webhook } = await subscribed(() => stopping.abort())
    const stopping = new AbortController()
    await happen()
    await relayAll()
    await deliverDue(webhook.id, stopping.signal)
    expect(receiver.received).toHaveLength(1)
    expect(await deliveriesOf(webhook.id)).toMatchObject([{ status: 'pending', attempts: 0 }])
    expect(await healthOf(webhook.id)).toMatchObject({ failing_since: null, failures: 0 })
    await receiver.stop()
  })
})

describe('a receiver', () => {
  test('that hangs holds up no other', async () => {
    const { webhook: dead, receiver: hanging } = await subscribed(() => {})
    const { webhook: good, receiver } = await subscribed()
    await happen(50)
    await relayAll()
    const stopping = new AbortController()
    const stuck = deliverDue(dead.id, stopping.signal)
    await deliverDue(good.id)
    expect(receiver.received).toHaveLength(50)
    expect(hanging.received.length).toBeLessThanOrEqual(10)
    stopping.abort()
    await stuck
    await Promise.all([receiver.stop(), hanging.stop()])
  })

  test('that answers 410 gets nothing more, and the Admins are told by mail and page', async () => {
    const { user } = await makeMember(organization)
    await makeMember(organization, 'read_only_admin')
    const { receiver, webhook, ctx } = await subscribed(answering(410))
    await happen()
    await relayAndDeliver(webhook.id)
    const found = await getWebhook(ctx, { id: webhook.id })
    expect(found).toMatchObject({ enabled: false, disabled_reason: 'gone' })
    expect((await auditOf(webhook.id)).at(-1)).toMatchObject({ action: 'webhook.disabled', actor_label: 'webhooks' })
    await happen()
    await relayAndDeliver(webhook.id)
    expect(receiver.received).toHaveLength(1)
    await tellAndMail()
    const mails = mailServer.mails.filter(({ to }) => to === user.email)
    expect(mails).toHaveLength(1)
    expect(mails[0]?.text).toContain(`/orgs/${organization.slug}/settings/webhooks/${webhook.id}`)
    await receiver.stop()
  })

  test('that has failed for five days is given up; what waits is sent once it is enabled again', async () => {
    let broken = true
    const { receiver, webhook, ctx } = await subscribed((response, ...rest) =>
      answering(broken ? 500 : 200)(response, ...rest),
    )
    await happen()
    await relayAndDeliver(webhook.id)
    expect((await getWebhook(ctx, { id: webhook.id })).failing_since).not.toBeNull()
    const failing = (days: number) =>
      prisma().webhookHealth.update({
        where: { webhook_id: webhook.id },
        data: { failing_since: new Date(Date.now() - days * DAY_MS) },
      })
    for (const [days, enabled] of [
      [4.9, true],
      [5.1, false],
    ] as const) {
      await failing(days)
      await passTimeFor(webhook.id)
      await deliverDue(webhook.id)
      expect((await getWebhook(ctx, { id: webhook.id })).enabled).toBe(enabled)
    }
    expect(await getWebhook(ctx, { id: webhook.id })).toMatchObject({ disabled_reason: 'failing' })
    broken = false
    await updateWebhook(ctx, { id: webhook.id, changes: { enabled: true } })
    expect(await getWebhook(ctx, { id: webhook.id })).toMatchObject({ disabled_reason: null, failing_since: null })
    await passTimeFor(webhook.id)
    await deliverDue(webhook.id)
    expect(await deliveriesOf(webhook.id)).toMatchObject([{ status: 'delivered' }])
    await receiver.stop()
  })

  test('whose subscription is deleted in the middle ends nothing but its own deliveries', async () => {
    const { receiver, webhook, ctx } = await subscribed(async (response) => {
      await deleteWebhook(ctx, { id: webhook.id }).catch(() => {})
      response.end()
    })
    await happen(5)
    await relayAndDeliver(webhook.id)
    expect(await deliveriesOf(webhook.id)).toEqual([])
    expect(await prisma().webhookHealth.findUnique({ where: { webhook_id: webhook.id } })).toBeNull()
    await receiver.stop()
  })
})

test('a test is sent once by the way of all others, and says nothing of the receiver', async () => {
  const { receiver, webhook, ctx } = await subscribed(answering(500))
  await sendTest(ctx, { id: webhook.id })
  await deliverDue(webhook.id)
  await passTimeFor(webhook.id)
  await deliverDue(webhook.id)
  expect(receiver.received).toHaveLength(1)
  expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({ type: 'webhook.test', data: { details: {} } })
  expect(await deliveriesOf(webhook.id)).toMatchObject([{ type: 'webhook.test', status: 'failed', attempts: 1 }])
  expect((await getWebhook(ctx, { id: webhook.id })).failing_since).toBeNull()
  await receiver.stop()
})

test('a worker brings an event from its change to its receiver by itself', async () => {
  const { receiver, webhook } = await subscribed()
  await happen(3)
  const made = async () => {
    await carryOutRound('webhook.relay')
    return (await deliveriesOf(webhook.id)).length
  }
  await expect.poll(made).toBe(3)
  await carryOutJobs()
  expect(receiver.received).toHaveLength(3)
  expect((await deliveriesOf(webhook.id)).every(({ status }) => status === 'delivered')).toBe(true)
  await receiver.stop()
})

test('a key that comes into its last days is told of once', async () => {
  const receiver = await startReceiver()
  const webhook = await makeWebhook(organization, { url: receiver.url, events: ['api_key.expiring'] })
  const make = async (expires_in_hours: number, data = {}) => {
    const { id } = await makeKey(organization, { expires_in_hours: 24 * 30 })
    const created_at = hoursAway(expires_in_hours - 24 * 30)
    await prisma().apiKey.update({
      where: { id },
      data: { created_at, expires_at: hoursAway(expires_in_hours), ...data },
    })
    return id
  }
  const soon = await make(24 * 6)
  for (const other of [{ revoked_at: new Date() }, { rotated_at: new Date(), retires_at: hoursAway(1) }]) {
    await make(24 * 6, other)
  }
  await make(24 * 8)
  await makeKey(organization, { expires_in_hours: 1 })
  for (let round = 0; round < 2; round++) await carryOutRound('webhook.tell_expiring')
  await relayAndDeliver(webhook.id)
  const told = receiver.received.map(({ body }) => JSON.parse(body))
  expect(told).toMatchObject([{ type: 'api_key.expiring', data: { subject: { kind: 'api_key', id: soon } } }])
  await receiver.stop()
})
