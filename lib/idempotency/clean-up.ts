import { bulk } from '@/lib/db/client'

/** Removes the records that are over; run from time to time by every process, which disturbs no other. */
export async function removeOldRecords(): Promise<void> {
  await bulk().pool.query('DELETE FROM idempotency_records WHERE expires_at <= clock_timestamp()')
}
