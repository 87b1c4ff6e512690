import { randomUUID } from 'node:crypto'
import { SECOND_MS } from '@/lib/base/time'
import { BATCH, daysAgo, removeInBatches } from '@/lib/kernel/db/remove-old'
import type { Transaction } from '@/lib/kernel/db/transaction'

/** Each time some of the windows are looked at: an index by their age would make every call write to it. */
const BATCHES = 10

/**
 * Removes windows in which nothing has been counted for a day, be the key gone or only silent: without one, nothing is
 * used of a limit. It goes through some of them, from a place that chance names.
 */
export async function removeOldWindows(): Promise<void> {
  const second = Math.floor((await daysAgo(1)).getTime() / SECOND_MS)
  let after: string = randomUUID()
  let batches = 0
  await removeInBatches(async (db) => {
    const last = await lastOfBatch(db, after)
    await db.$executeRaw`
      DELETE FROM rate_windows WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM rate_windows
        WHERE lineage_id > ${after}::uuid AND lineage_id <= ${last ?? END}::uuid AND second < ${second}::bigint
        FOR UPDATE SKIP LOCKED
      ))`
    after = last ?? START
    batches += 1
    return batches < BATCHES
  })
}

/** Before and behind every lineage. */
const START = '00000000-0000-0000-0000-000000000000'
const END = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** Null: the table ends within the batch. */
async function lastOfBatch(db: Transaction, after: string): Promise<string | null> {
  const rows = await db.$queryRaw<{ lineage_id: string }[]>`
    SELECT lineage_id FROM rate_windows WHERE lineage_id > ${after}::uuid
    ORDER BY lineage_id OFFSET ${BATCH - 1}::int LIMIT 1`
  return rows[0]?.lineage_id ?? null
}
