import { DAY_MS } from '@/lib/base/time'
import { prisma } from '@/lib/kernel/db/client'
import { databaseNow, inBulkTransaction, type Transaction } from '@/lib/kernel/db/transaction'

/** Rows of one transaction: few, so that it stands in nobody's way. */
export const BATCH = 1_000

/** Of every process: one removes at a time. The lock is a transaction's, for behind a pooler a session's outlives it. */
export const REMOVING = 0x6c6174636872

async function isMyTurn(db: Transaction): Promise<boolean> {
  const rows = await db.$queryRaw<{ mine: boolean }[]>`SELECT pg_try_advisory_xact_lock(${REMOVING}::bigint) AS mine`
  return rows[0]?.mine === true
}

/**
 * Removes batch after batch, each in a transaction of its own. While another process removes, there is nothing to do.
 * @param remove says whether there may be more
 */
export async function removeInBatches(remove: (db: Transaction) => Promise<boolean>): Promise<void> {
  const batch = () => inBulkTransaction(async (db) => (await isMyTurn(db)) && remove(db))
  while (await batch()) {}
}

/** The database's clock, some days ago. Asked once: a bound that reads the clock for each row is served by no index. */
export const daysAgo = async (days: number): Promise<Date> =>
  new Date((await databaseNow(prisma())).getTime() - days * DAY_MS)

/** A table of which rows end, and the indexed column that says when. */
type Ending =
  | { table: 'idempotency_records' | 'password_resets' | 'sessions'; column: 'expires_at' }
  | { table: 'mail_counts'; column: 'ends_at' }
  | { table: 'key_usage'; column: 'hour' }
  | { table: 'notices'; column: 'at' }

/** Removes the rows whose end was so many days ago. */
export async function removeEnded({ table, column }: Ending, days = 0): Promise<void> {
  const end = await daysAgo(days)
  const statement = `
    DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
      SELECT ctid FROM ${table} WHERE ${column} < $1::timestamptz ORDER BY ${column} LIMIT $2::int FOR UPDATE SKIP LOCKED
    ))`
  await removeInBatches(async (db) => (await db.$executeRawUnsafe(statement, end, BATCH)) === BATCH)
}
