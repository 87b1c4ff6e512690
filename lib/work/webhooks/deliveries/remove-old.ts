import { BATCH, daysAgo, removeInBatches } from '@/lib/kernel/db/remove-old'
import { LOG_DAYS } from '@/lib/work/webhooks/contract'

/** Ids begin with the instant at which they were made, so that the oldest are the first of their index. */
const firstIdOf = (instant: number) =>
  `${instant
    .toString(16)
    .padStart(12, '0')
    .replace(/^(.{8})/, '$1-')}-0000-0000-000000000000`

/** Removes what was sent, or could not be, a month ago, with its attempts. */
export async function removeOldDeliveries(): Promise<void> {
  const before = firstIdOf((await daysAgo(LOG_DAYS)).getTime())
  await removeInBatches(async (db) => {
    const removed = await db.$executeRaw`
      DELETE FROM webhook_deliveries WHERE id = ANY (ARRAY(
        SELECT id FROM webhook_deliveries WHERE id < ${before}::uuid ORDER BY id LIMIT ${BATCH}::int FOR UPDATE SKIP LOCKED
      ))`
    return removed === BATCH
  })
}
