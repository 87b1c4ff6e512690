import { env } from '@/lib/base/node/env'
import { pool } from '@/lib/kernel/db/client'
import { PlainTransaction } from '@/lib/kernel/db/plain-transaction'
import type { Database } from '@/lib/kernel/db/transaction'
import type { Sql } from '@/lib/kernel/rows/sql'
import { keptStatement, passingStatement } from '@/lib/kernel/rows/statement'

type Options = {
  /** The transaction that the statement belongs to; alone it is one of its own. */
  db?: Database | PlainTransaction | undefined
  /** Only for texts of which there are few: each connection keeps the plan of each. */
  prepared: boolean
}

/** Runs one statement in one round trip. */
export async function run<Row extends object>(piece: Sql, { db, prepared }: Options): Promise<Row[]> {
  const statement = prepared ? keptStatement(piece) : passingStatement(piece)
  // A transaction of Prisma has no `$connect`; its statements go over its own connection.
  const plain = db instanceof PlainTransaction
  if (db && !plain && !('$connect' in db)) return db.$queryRawUnsafe<Row[]>(statement.text, ...statement.values)
  const { text, values } = statement
  const { rows } = await (plain ? db.client : pool()).query<Row>(env.DATABASE_PREPARED ? statement : { text, values })
  return rows
}
