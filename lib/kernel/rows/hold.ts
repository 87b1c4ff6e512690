import type { Transaction } from '@/lib/kernel/db/transaction'
import type { RowContext } from '@/lib/kernel/rows/context'
import { orRefuse, verdict } from '@/lib/kernel/rows/judge'
import { own } from '@/lib/kernel/rows/own'
import type { Outcome } from '@/lib/kernel/rows/record'
import { name, sql } from '@/lib/kernel/rows/sql'
import { having, type RowTable } from '@/lib/kernel/rows/table'

/**
 * Lets nobody else change a row before the transaction ends; what refers to it may come meanwhile. Verbs that hold the
 * same row follow each other.
 * @throws DomainError not_found, precondition_failed
 */
export async function hold(
  ctx: RowContext & { db: Transaction },
  rows: RowTable,
  { id }: { id: string },
): Promise<void> {
  const [held] = await own<Pick<Outcome, 'refusal' | 'fact'>>(
    ctx,
    (mine) => sql`
      SELECT t.verdict[1] AS refusal, t.verdict[2] AS fact FROM (
        SELECT ${verdict(ctx, [])} FROM ${name(rows.table)} t WHERE ${mine('t')} AND ${having({ id })} FOR NO KEY UPDATE
      ) t`,
  )
  orRefuse(rows, held)
}
