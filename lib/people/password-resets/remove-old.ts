import { inBulkTransaction } from '@/lib/kernel/db/transaction'

/** Removes the links that nobody has used in time. */
export async function removeOldResets(): Promise<void> {
  await inBulkTransaction((db) => db.$executeRaw`DELETE FROM password_resets WHERE expires_at < clock_timestamp()`)
}
