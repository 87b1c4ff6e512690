import { inBulkTransaction } from '@/lib/kernel/db/transaction'

/** Removes the counts of mails that no longer limit anything. */
export async function removeOldMailCounts(): Promise<void> {
  await inBulkTransaction((db) => db.$executeRaw`DELETE FROM mail_counts WHERE ends_at < clock_timestamp()`)
}
