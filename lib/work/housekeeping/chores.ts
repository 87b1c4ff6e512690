import { z } from 'zod'
import { MINUTE_MS } from '@/lib/base/time'
import { removeOldRecords } from '@/lib/kernel/idempotency/remove-old'
import { defineJob } from '@/lib/kernel/jobs/define'
import { handle } from '@/lib/kernel/jobs/handle'
import { removeOldMailCounts } from '@/lib/kernel/mail/remove-old'
import { removeOldWindows } from '@/lib/keys/authenticate/remove-old'
import { removeOldPlaygroundKeys } from '@/lib/keys/life/playground/remove-old'
import { removeOldUsage } from '@/lib/keys/usage/remove-old'
import { removeOldNotices } from '@/lib/people/notices/remove-old'
import { removeOldResets } from '@/lib/people/password-resets/remove-old'
import { removeOldSessions } from '@/lib/people/sign-in/remove-old'
import { removeOldDeliveries } from '@/lib/work/webhooks/deliveries/remove-old'

const EVERY_MS = 10 * MINUTE_MS

/** Each removes what is over. */
export const CHORES = {
  remove_old_records: removeOldRecords,
  remove_old_usage: removeOldUsage,
  remove_old_playground_keys: removeOldPlaygroundKeys,
  remove_old_resets: removeOldResets,
  remove_old_sessions: removeOldSessions,
  remove_old_mail_counts: removeOldMailCounts,
  remove_old_windows: removeOldWindows,
  remove_old_deliveries: removeOldDeliveries,
  remove_old_notices: removeOldNotices,
}

/** Housekeeping: each chore comes round again, in one process at a time. */
export const choreHandlers = Object.entries(CHORES).map(([name, work]) =>
  handle(
    defineJob({ name: `housekeeping.${name}`, data: z.strictObject({}), every: EVERY_MS, at_once: 1 }),
    async () => {
      await work()
    },
  ),
)
