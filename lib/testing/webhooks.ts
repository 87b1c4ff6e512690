import type { z } from 'zod'
import type { ActingOrganization } from '@/lib/kernel/actors/context'
import { prisma, workerPrisma } from '@/lib/kernel/db/client'
import { operator } from '@/lib/testing/fixtures'
import { createWebhookByMemberInput } from '@/lib/work/webhooks/contract'
import { deliverRound } from '@/lib/work/webhooks/deliveries/job'
import { readOn } from '@/lib/work/webhooks/relay/read-on'
import { deliverHandler } from '@/lib/work/webhooks/sending/deliver'
import { createWebhook } from '@/lib/work/webhooks/subscriptions/create'

type Fields = Partial<z.input<typeof createWebhookByMemberInput>>

/** A subscription to everything live, where the test does not say otherwise. Its host must be open. */
export const makeWebhook = (organization: ActingOrganization, fields: Fields & { url: string }) =>
  createWebhook(
    operator(organization),
    createWebhookByMemberInput.parse({ events: ['*'], environment: 'live', ...fields }),
  )

/**
 * Makes deliveries of all that has been committed by now. What other databases of the same server are about holds it back
 * for a moment.
 */
export async function relayAll(): Promise<void> {
  const [now] = await prisma().$queryRaw<{ number: string }[]>`SELECT pg_current_xact_id()::text AS number`
  const isThere = () => prisma().$queryRaw<unknown[]>`SELECT id FROM webhook_relay WHERE read_to > ${now?.number}::xid8`
  do await readOn(workerPrisma())
  while ((await isThere()).length === 0)
}

/** Sends what is due to one subscription, as a worker does. */
export async function deliverDue(webhook_id: string, signal = new AbortController().signal): Promise<void> {
  const attempt = { db: workerPrisma(), id: webhook_id, number: 1, last: false, signal, giveWay: async () => {} }
  await deliverHandler.work(attempt, deliverRound.job({ webhook_id }).data)
}

/** Relays, and sends what is due to one subscription. */
export async function relayAndDeliver(webhook_id: string): Promise<void> {
  await relayAll()
  await deliverDue(webhook_id)
}

/** What is to be sent to a subscription and was, the oldest first. */
export const deliveriesOf = (webhook_id: string) =>
  prisma().webhookDelivery.findMany({
    where: { webhook_id },
    orderBy: [{ created_at: 'asc' }, { id: 'asc' }],
    include: { log: { orderBy: { number: 'asc' } } },
  })

/** Lets the time pass that a subscription and its deliveries wait for. */
export async function passTimeFor(webhook_id: string): Promise<void> {
  const past = new Date(0)
  await prisma().webhookHealth.update({ where: { webhook_id }, data: { rests_until: null } })
  await prisma().webhookDelivery.updateMany({
    where: { webhook_id, status: 'pending' },
    data: { next_attempt_at: past },
  })
}
