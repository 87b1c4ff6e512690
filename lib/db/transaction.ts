import { prisma } from '@/lib/db/client'
import type { Prisma, PrismaClient } from '@/lib/db/generated/client'

export type Transaction = Prisma.TransactionClient
/** The client, or the transaction that one is in. */
export type Database = PrismaClient | Transaction

/** Longer than any verb needs; past it the work is rolled back. */
const REQUEST_LIMIT_MS = 15_000
/** For work that nobody's request waits for: however slow the machine, it ends before this. */
const BULK_LIMIT_MS = 30 * 60_000

/**
 * Runs `work` in the transaction of `context.db`, or in a new one when it has none: an inner call joins the outer.
 * `work` receives the context with `db` set to the transaction. Read committed; what must be counted is locked first.
 */
export async function inTransaction<Context extends { db: Database }, Result>(
  context: Context,
  work: (context: Context & { db: Transaction }) => Promise<Result>,
): Promise<Result> {
  // A transaction has a `$transaction` of its own, for savepoints; only the client connects.
  if (!('$connect' in context.db)) return work({ ...context, db: context.db })
  return prisma().$transaction((db) => work({ ...context, db }), {
    timeout: REQUEST_LIMIT_MS,
    maxWait: REQUEST_LIMIT_MS,
  })
}

/** Runs the work of a start or a command, which may be long, in a transaction of its own: no request's limits hold. */
export function inBulkTransaction<Result>(work: (db: Transaction) => Promise<Result>): Promise<Result> {
  const lifted = async (db: Transaction) => {
    // Until the transaction ends, and only what this version of Postgres knows.
    await db.$executeRaw`
      SELECT set_config(name, '0', true) FROM pg_settings
      WHERE name IN ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'transaction_timeout')`
    return work(db)
  }
  return prisma().$transaction(lifted, { timeout: BULK_LIMIT_MS, maxWait: REQUEST_LIMIT_MS })
}

/** The database's clock, which alone decides about expiry and state. */
export async function databaseNow(db: Database): Promise<Date> {
  const rows = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp()::timestamptz(3) AS now`
  const now = rows[0]?.now
  if (!now) throw new Error('The database did not tell the time.')
  return now
}
