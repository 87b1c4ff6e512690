import { expect, test } from 'vitest'
import { pool, prisma, workerPrisma } from '@/lib/kernel/db/client'
import { useOwnDatabase } from '@/lib/testing/database'
import { useEnvironment } from '@/lib/testing/environment'
import { makeOrganization } from '@/lib/testing/fixtures'
import { plansOf } from '@/lib/testing/plans'
import { makeWebhook } from '@/lib/testing/webhooks'
import { dueWebhooks } from '@/lib/work/webhooks/relay/due'

// Whatever else waits would be found too.
useOwnDatabase()
useEnvironment(() => ({ ALLOWED_WEBHOOK_HOSTS: ['127.0.0.1'] }))

const url = 'http://127.0.0.1:9/hooks'

test('rounds are asked for of those for which something is due, each once, and not while they rest or are off', async () => {
  const organization = await makeOrganization()
  const make = async () => (await makeWebhook(organization, { url })).id
  const [due, twice, later, resting, off] = [await make(), await make(), await make(), await make(), await make()]
  await make()
  const wait = (webhook_id: string, next_attempt_at: Date) =>
    prisma().webhookDelivery.create({
      data: {
        ...{ organization_id: organization.id, environment: 'live', webhook_id, next_attempt_at },
        ...{ event_id: webhook_id, type: 'contact.created', body: '{}' },
      },
    })
  const [past, future] = [new Date(0), new Date('2999-01-01')]
  for (const id of [due, twice, resting, off]) await wait(id, past)
  for (const id of [twice, later]) await wait(id, future)
  await prisma().webhookHealth.update({ where: { webhook_id: resting }, data: { rests_until: future } })
  await prisma().webhook.update({ where: { id: off }, data: { enabled: false } })
  expect((await dueWebhooks(workerPrisma())).sort()).toEqual([due, twice].sort())
})

test('of many subscriptions for which nothing waits none is looked at', async () => {
  const organization = await makeOrganization()
  await pool().query(
    `WITH made AS (
       INSERT INTO webhooks (id, organization_id, environment, url, events, secret)
       SELECT gen_random_uuid(), $1, 'live', '${url}', ARRAY['*'], '' FROM generate_series(1, 5000) RETURNING *
     ), healthy AS (INSERT INTO webhook_health (webhook_id) SELECT id FROM made)
     INSERT INTO webhook_deliveries (id, organization_id, environment, webhook_id, event_id, type, body, status)
     SELECT gen_random_uuid(), $1, environment, id, id, 'contact.created', '{}', 'delivered' FROM made`,
    [organization.id],
  )
  await pool().query('VACUUM ANALYZE webhooks, webhook_health, webhook_deliveries')
  const [plan, ...others] = await plansOf(() => dueWebhooks(workerPrisma()), 'webhook_deliveries')
  expect(others).toEqual([])
  expect(plan).not.toContain('Seq Scan')
  expect(plan).toContain('webhook_deliveries_due_idx')
})
