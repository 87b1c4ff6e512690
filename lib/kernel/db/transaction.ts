import { bulk } from '@/lib/kernel/db/client'
import type { Prisma, PrismaClient } from '@/lib/kernel/db/generated/client'
import { LIFT_LIMITS } from '@/lib/kernel/db/session'
import { BULK_HOLD_MS, CONNECT_MS, HOLD_MS } from '@/lib/kernel/db/time-limits'

export type Transaction = Prisma.TransactionClient
/** The client, or the transaction that one is in. */
export type Database = PrismaClient | Transaction

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
  return context.db.$transaction((db) => work({ ...context, db }), { timeout: HOLD_MS, maxWait: CONNECT_MS })
}

/** Runs work for which nobody waits, and which may be long, in a transaction of its own: no call's limits hold. */
export function inBulkTransaction<Result>(work: (db: Transaction) => Promise<Result>): Promise<Result> {
  const lifted = async (db: Transaction) => {
    await db.$queryRawUnsafe(LIFT_LIMITS)
    return work(db)
  }
  return bulk().prisma.$transaction(lifted, { timeout: BULK_HOLD_MS, maxWait: CONNECT_MS })
}

/** The database's clock, which alone decides about expiry and state. */
export async function databaseNow(db: Database): Promise<Date> {
  const rows = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp()::timestamptz(3) AS now`
  const now = rows[0]?.now
  if (!now) throw new Error('The database did not tell the time.')
  return now
}
