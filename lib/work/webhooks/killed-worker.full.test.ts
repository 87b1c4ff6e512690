import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { runtime } from '@/lib/base/node/runtime'
import { prisma } from '@/lib/kernel/db/client'
import { useOwnDatabase } from '@/lib/testing/database'
import { useEnvironment } from '@/lib/testing/environment'
import { makeOrganization } from '@/lib/testing/fixtures'
import { spawnProduct, stop } from '@/lib/testing/product'
import { startReceiver } from '@/lib/testing/receiver'
import { makeWebhook } from '@/lib/testing/webhooks'

useOwnDatabase()
useEnvironment(() => ({ ALLOWED_WEBHOOK_HOSTS: ['127.0.0.1'] }))

const KILLS = 20
const EVENTS = 1_000

async function startWorkerProcess() {
  const { databaseUrl, authSecret } = runtime()
  const settings = { DATABASE_URL: databaseUrl, AUTH_SECRET: authSecret, ALLOWED_WEBHOOK_HOSTS: '127.0.0.1' }
  const worker = spawnProduct(settings, '--worker')
  await worker.printed(/(carries out jobs)/)
  return worker
}

test('over twenty kills every event arrives, with the id that it had', async () => {
  // Slow enough that kills fall into the midst of it.
  const receiver = await startReceiver((response) => void setTimeout(() => response.end(), 150))
  const organization = await makeOrganization()
  const webhook = await makeWebhook(organization, { url: receiver.url, events: ['contact.created'] })
  const happen = (count: number) => prisma().$executeRaw`
    INSERT INTO activities (id, organization_id, environment, type, actor_kind, actor_label, subject_kind, subject_id)
    SELECT gen_random_uuid(), ${organization.id}::uuid, 'live', 'contact.created', 'key', 'tests', 'contact', gen_random_uuid()
    FROM generate_series(1, ${count}::int)`
  for (let kill = 0; kill < KILLS; kill++) {
    const worker = await startWorkerProcess()
    await happen(EVENTS / KILLS)
    await sleep(randomInt(50, 900))
    worker.process.kill('SIGKILL')
    await worker.exit
    // A minute passes for what it held.
    await prisma().$executeRaw`UPDATE jobs SET run_at = run_at - interval '30 s' WHERE held_by IS NOT NULL`
  }
  const last = await startWorkerProcess()
  const open = () => prisma().webhookDelivery.count({ where: { webhook_id: webhook.id, status: 'pending' } })
  const all = () => prisma().webhookDelivery.count({ where: { webhook_id: webhook.id } })
  await expect.poll(async () => [await all(), await open()], { timeout: 120_000, interval: 500 }).toEqual([EVENTS, 0])
  expect(await stop(last)).toBe(0)
  const happened = await prisma().activity.findMany({
    where: { organization_id: organization.id },
    select: { id: true },
  })
  expect(new Set(receiver.ids())).toEqual(new Set(happened.map(({ id }) => id)))
  // One message to an id, whenever it came.
  const bodies = new Map<string, Set<string>>()
  for (const { headers, body } of receiver.received) {
    const id = String(headers['webhook-id'])
    bodies.set(id, (bodies.get(id) ?? new Set()).add(body))
  }
  expect([...bodies.values()].every(({ size }) => size === 1)).toBe(true)
  await receiver.stop()
})
