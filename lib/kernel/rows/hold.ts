import type { Transaction } from '@/lib/db/transaction'
import { notFound } from '@/lib/errors'
import type { RowContext } from '@/lib/kernel/rows/context'
import { own } from '@/lib/kernel/rows/own'
import { name, sql } from '@/lib/kernel/rows/sql'
import { having, type Table } from '@/lib/kernel/rows/table'

/**
 * Lets nobody else change a row before the transaction ends; what refers to it may come meanwhile. Verbs that hold the
 * same row follow each other.
 * @throws DomainError not_found
 */
export async function hold(
  ctx: RowContext & { db: Transaction },
  { table, one }: Table,
  { id }: { id: string },
): Promise<void> {
  const rows = await own(
    ctx,
    (mine) => sql`SELECT t.id FROM ${name(table)} t WHERE ${mine('t')} AND ${having({ id })} FOR NO KEY UPDATE`,
  )
  if (rows.length === 0) throw notFound(one)
}
