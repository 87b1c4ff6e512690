import { inBulkTransaction } from '@/lib/kernel/db/transaction'

const KEPT_DAYS = 90

/** Removes the counters that nothing shows any more. */
export async function removeOldUsage(): Promise<void> {
  await inBulkTransaction(
    (db) =>
      db.$executeRaw`DELETE FROM key_usage WHERE hour < clock_timestamp() - make_interval(days => ${KEPT_DAYS}::int)`,
  )
}
