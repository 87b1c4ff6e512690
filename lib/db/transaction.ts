import { prisma } from '@/lib/db/client'
import type { Prisma, PrismaClient } from '@/lib/db/generated/client'
import { LIFT_LIMITS } from '@/lib/db/session'

export type Transaction = Prisma.TransactionClient
/** The client, or the transaction that one is in. */
export type Database = PrismaClient | Transaction

/** Longer than any verb needs; past it the work is rolled back. */
const TIMEOUT_MS = 15_000

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
  return prisma().$transaction((db) => work({ ...context, db }), { timeout: TIMEOUT_MS, maxWait: TIMEOUT_MS })
}

/** Lets bulk work take as long as it takes: the limits of a request's statements are off until the end of this transaction. */
export async function liftLimits(db: Transaction): Promise<void> {
  await db.$queryRawUnsafe(LIFT_LIMITS)
}

/** The database's clock, which alone decides about expiry and state. */
export async function databaseNow(db: Database): Promise<Date> {
  const rows = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp()::timestamptz(3) AS now`
  const now = rows[0]?.now
  if (!now) throw new Error('The database did not tell the time.')
  return now
}
