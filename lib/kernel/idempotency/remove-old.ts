import { inBulkTransaction } from '@/lib/kernel/db/transaction'

/** Removes the records that are over. */
export async function removeOldRecords(): Promise<void> {
  await inBulkTransaction((db) => db.$executeRaw`DELETE FROM idempotency_records WHERE expires_at <= clock_timestamp()`)
}
