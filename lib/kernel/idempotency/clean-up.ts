import { inBulkTransaction } from '@/lib/kernel/db/transaction'

/** Removes the records that are over; run from time to time by every process, which disturbs no other. */
export async function removeOldRecords(): Promise<void> {
  await inBulkTransaction((db) => db.$executeRaw`DELETE FROM idempotency_records WHERE expires_at <= clock_timestamp()`)
}
