import { z } from 'zod'
import { HOUR_MS } from '@/lib/base/time'
import { defineJob } from '@/lib/kernel/jobs/define'

/** One mail to one person, with all that waits to be mailed to them. A server that is away for days is waited for. */
export const mailNotices = defineJob({
  name: 'notices.mail',
  data: z.strictObject({ user_id: z.uuid(), way: z.enum(['at_once', 'daily']) }),
  attempts: 100,
})

/** When the day's mails are sent, by UTC. */
const DIGEST_HOUR = 7

/** What is told daily is mailed once it is older than this: the last seven o'clock, by UTC. */
export function lastDigest(now: Date): Date {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate(), DIGEST_HOUR)
  return new Date(today <= now.getTime() ? today : today - 24 * HOUR_MS)
}
