import { z } from 'zod'
import { SECOND_MS } from '@/lib/base/time'
import type { PrismaClient } from '@/lib/kernel/db/generated/client'
import { defineJob } from '@/lib/kernel/jobs/define'
import { enqueue } from '@/lib/kernel/jobs/enqueue'
import { handle } from '@/lib/kernel/jobs/handle'
import { deliverWebhook } from '@/lib/work/webhooks/deliveries/job'
import { readOn } from '@/lib/work/webhooks/relay/read-on'

const relay = defineJob({ name: 'webhook.relay', data: z.strictObject({}), every: SECOND_MS / 2, at_once: 1 })

/**
 * Brings events on their way, again and again: makes deliveries of what has happened, and asks for a round of each
 * subscription for which something is due, be it new or to be tried again.
 */
export const relayHandler = handle(relay, async ({ db, signal }) => {
  let more = true
  while (more && !signal.aborted) {
    more = await readOn(db)
    await askForRounds(db)
  }
})

/** The subscriptions that rest are left out; one whose round is under way has no second one. */
async function askForRounds(db: PrismaClient) {
  const due = await db.$queryRaw<{ id: string }[]>`
    SELECT w.id FROM webhooks w JOIN webhook_health h ON h.webhook_id = w.id
    WHERE w.enabled AND coalesce(h.rests_until <= clock_timestamp(), true) AND EXISTS (
      SELECT FROM webhook_deliveries d
      WHERE d.webhook_id = w.id AND d.status = 'pending' AND d.next_attempt_at <= clock_timestamp()
    )`
  await enqueue({ db }, ...due.map(({ id }) => deliverWebhook(id)))
}
