import { DAY_MS } from '@/lib/base/time'
import { databaseNow, inBulkTransaction } from '@/lib/kernel/db/transaction'
import { LOG_DAYS } from '@/lib/work/webhooks/contract'

/** Few at a time, so that no long transaction holds anything up. */
const BATCH = 5_000

/** Removes what was sent, or could not be, a month ago, with its attempts. */
export async function removeOldDeliveries(): Promise<void> {
  while ((await removeBatch()) === BATCH) {}
}

/** Ids begin with the instant at which they were made, so that the oldest are the first of their index. */
const firstIdOf = (instant: number) =>
  `${instant
    .toString(16)
    .padStart(12, '0')
    .replace(/^(.{8})/, '$1-')}-0000-0000-000000000000`

function removeBatch(): Promise<number> {
  return inBulkTransaction(async (db) => {
    const before = firstIdOf((await databaseNow(db)).getTime() - LOG_DAYS * DAY_MS)
    return db.$executeRaw`
      DELETE FROM webhook_deliveries WHERE id IN (
        SELECT id FROM webhook_deliveries WHERE id < ${before}::uuid ORDER BY id LIMIT ${BATCH}::int
      )`
  })
}
