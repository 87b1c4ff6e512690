import { env } from '@/lib/base/node/env'
import { pool } from '@/lib/kernel/db/client'
import type { Database } from '@/lib/kernel/db/transaction'
import type { Sql } from '@/lib/kernel/rows/sql'

/** One name for one text: a connection plans a named statement once. */
const names = new Map<string, string>()

function nameOf(text: string): string {
  const known = names.get(text)
  if (known) return known
  const made = `rows_${names.size + 1}`
  names.set(text, made)
  return made
}

type Options = {
  /** The transaction that the statement belongs to; alone it is one of its own. */
  db?: Database | undefined
  /** Only for texts of which there are few: each connection keeps the plan of each. */
  prepared: boolean
}

/** Runs one statement in one round trip. */
export async function run<Row extends object>(statement: Sql, { db, prepared }: Options): Promise<Row[]> {
  const { text } = statement
  // A transaction of Prisma has no `$connect`; its statements go over its own connection.
  if (db && !('$connect' in db)) return db.$queryRawUnsafe<Row[]>(text, ...statement.values)
  const { rows } = await pool().query<Row>({
    ...(prepared && env.DATABASE_PREPARED && { name: nameOf(text) }),
    text,
    values: [...statement.values],
  })
  return rows
}
