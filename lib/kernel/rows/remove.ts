import type { RowContext } from '@/lib/kernel/rows/context'
import { type Condition, changed, locked, orRefuse, verdict } from '@/lib/kernel/rows/judge'
import { type Outcome, outcome, recorded, toReply } from '@/lib/kernel/rows/record'
import { removing } from '@/lib/kernel/rows/refusals'
import { RowReply } from '@/lib/kernel/rows/reply'
import { run } from '@/lib/kernel/rows/run'
import { name, sql } from '@/lib/kernel/rows/sql'
import type { Having, RowTable } from '@/lib/kernel/rows/table'
import { told } from '@/lib/kernel/rows/told'

/**
 * Deletes a row of the tenant, with its activity.
 * @throws DomainError not_found, precondition_failed; in_use where a reference to it keeps it
 */
export async function remove(
  ctx: RowContext,
  rows: RowTable,
  id: Having,
  conditions: readonly Condition[] = [],
): Promise<RowReply> {
  const { look, free, keep, earlier } = recorded(ctx)
  const statement = sql`
    WITH ${look}${locked(ctx, rows, { id, strength: 'UPDATE', free })}, seen AS (
      SELECT l.old, ${verdict(ctx, [], conditions)} FROM locked l CROSS JOIN LATERAL (SELECT (l.old).*) t
    ), made AS (
      DELETE FROM ${name(rows.table)} t USING seen
      WHERE t.id = (seen.old).id AND seen.verdict IS NULL RETURNING t.*
    )${told(ctx, rows, rows.activities?.remove)}, ${changed(sql`NULL`)}${keep}${outcome(earlier)}`
  const [made] = await removing(rows, () => run<Outcome>(statement, { db: ctx.db, prepared: true }))
  const { replayed } = toReply(ctx, orRefuse(rows, made, conditions))
  return new RowReply(null, null, replayed)
}
