import { z } from 'zod'
import { SECOND_MS } from '@/lib/base/time'
import type { PrismaClient } from '@/lib/kernel/db/generated/client'
import { defineJob } from '@/lib/kernel/jobs/define'
import { enqueue } from '@/lib/kernel/jobs/enqueue'
import { handle } from '@/lib/kernel/jobs/handle'
import { deliverWebhook } from '@/lib/work/webhooks/deliveries/job'
import { dueWebhooks } from '@/lib/work/webhooks/relay/due'
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

/** One whose round is under way has no second one. */
const askForRounds = async (db: PrismaClient) => enqueue({ db }, ...(await dueWebhooks(db)).map(deliverWebhook))
