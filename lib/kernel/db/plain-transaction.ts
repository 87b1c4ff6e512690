import type pg from 'pg'
import { pool } from '@/lib/kernel/db/client'

/** A transaction over a connection of the pool, past Prisma. */
export class PlainTransaction {
  constructor(readonly client: pg.PoolClient) {}
}

/**
 * Runs `work` in a transaction of its own that carries bytes: Prisma would copy each several times, as base64 and as JSON.
 * `work` receives the context with `db` set to the transaction.
 */
export async function inPlainTransaction<Context extends object, Result>(
  context: Context,
  work: (context: Context & { db: PlainTransaction }) => Promise<Result>,
): Promise<Result> {
  const client = await pool().connect()
  let broken = false
  try {
    await client.query('BEGIN')
    const result = await work({ ...context, db: new PlainTransaction(client) })
    await client.query('COMMIT')
    return result
  } catch (error) {
    broken = await client.query('ROLLBACK').then(
      () => false,
      () => true,
    )
    throw error
  } finally {
    client.release(broken)
  }
}
