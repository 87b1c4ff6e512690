import type { RowContext } from '@/lib/kernel/rows/context'
import { run } from '@/lib/kernel/rows/run'
import { name, type Sql } from '@/lib/kernel/rows/sql'
import { ofTenant } from '@/lib/kernel/rows/table'

/** The condition that rows are the tenant's, by the alias that they have in the statement. */
export type Mine = (alias: string) => Sql

/**
 * Runs SQL that a resource wrote by hand, in the transaction of its verb if it has one.
 * @param write makes the statement, with `mine` in the condition of what it reads and changes
 * @param options.passing the caller decides its shape, so that no connection keeps its plan
 * @throws Error for a statement that does not ask whose the rows are
 */
export function own<Row extends object>(
  ctx: RowContext,
  write: (mine: Mine) => Sql,
  { passing = false }: { passing?: boolean } = {},
): Promise<Row[]> {
  let asked = false
  const statement = write((alias) => {
    asked = true
    return ofTenant(ctx, name(alias))
  })
  if (!asked) throw new Error('A statement of a resource asks whose the rows are.')
  return run<Row>(statement, { db: ctx.db, prepared: !passing })
}
