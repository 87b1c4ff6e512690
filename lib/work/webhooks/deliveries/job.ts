import { z } from 'zod'
import type { Job } from '@/lib/kernel/jobs/define'
import { defineJob } from '@/lib/kernel/jobs/define'

/**
 * A round of deliveries to one subscription. Deliveries keep their own attempts and times, so a round is begun anew
 * however often its worker has ended. Most of it is waiting for receivers: many rounds fit beside each other.
 */
export const deliverRound = defineJob({
  name: 'webhook.deliver',
  data: z.strictObject({ webhook_id: z.uuid() }),
  attempts: 1_000_000,
  at_once: 64,
})

/** One at a time for a subscription, so that its receiver is never asked for more than one round asks. */
export const deliverWebhook = (webhook_id: string): Job =>
  deliverRound.job({ webhook_id }, { key: `webhook ${webhook_id}` })
