import { bulk } from '@/lib/db/client'

const KEPT_DAYS = 90

/** Removes the counters that nothing shows any more; every process does it from time to time. */
export async function removeOldUsage(): Promise<void> {
  await bulk().pool.query(`DELETE FROM key_usage WHERE hour < clock_timestamp() - make_interval(days => $1)`, [
    KEPT_DAYS,
  ])
}
