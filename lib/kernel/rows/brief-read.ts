import { unavailable } from '@/lib/base/errors'
import { log } from '@/lib/base/node/log'
import { pool } from '@/lib/kernel/db/client'
import { hasState } from '@/lib/kernel/db/failure'
import { BRIEF_MS } from '@/lib/kernel/db/time-limits'
import type { Sql } from '@/lib/kernel/rows/sql'
import { passingStatement } from '@/lib/kernel/rows/statement'

/** Runs a statement that reads. */
export type BriefRead = <Row extends object>(piece: Sql) => Promise<Row[]>

/** Whether Postgres ended a statement in its course. */
export const isCanceled = (error: unknown): boolean => hasState(error, '57014')

/** `LOCAL`, for behind a pooler the next transaction on the connection is somebody else's. */
const BEGIN = `BEGIN READ ONLY; SET LOCAL statement_timeout = ${BRIEF_MS}`

/**
 * Reads what may be dear, as it depends on what is asked: Postgres itself ends a statement after three seconds, so that
 * nothing of it goes on when the caller has been told.
 * @param asked what the log says of a statement that was ended; no value that a caller sent
 * @throws DomainError unavailable when it takes longer
 */
export async function readBriefly<Result>(
  asked: Record<string, unknown>,
  work: (read: BriefRead) => Promise<Result>,
): Promise<Result> {
  const client = await pool().connect()
  let broken = false
  try {
    await client.query(BEGIN)
    const result = await work(
      async <Row extends object>(piece: Sql) => (await client.query<Row>(passingStatement(piece))).rows,
    )
    await client.query('COMMIT')
    return result
  } catch (error) {
    broken = await client.query('ROLLBACK').then(
      () => false,
      () => true,
    )
    if (!isCanceled(error)) throw error
    log.warn({ asked }, 'A read took too long, and was ended.')
    throw unavailable()
  } finally {
    client.release(broken)
  }
}
