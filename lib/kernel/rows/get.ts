import { notFound } from '@/lib/base/errors'
import type { RowContext } from '@/lib/kernel/rows/context'
import { etagOf, RowReply } from '@/lib/kernel/rows/reply'
import { run } from '@/lib/kernel/rows/run'
import { sql } from '@/lib/kernel/rows/sql'
import { type Having, having, ofTenant, type RowTable } from '@/lib/kernel/rows/table'

/**
 * One row of the tenant.
 * @param id the columns by which it is found
 * @throws DomainError not_found
 */
export async function get(ctx: RowContext, rows: RowTable, id: Having): Promise<RowReply> {
  const statement = sql`
    SELECT ${rows.json} AS json, t.version FROM ${rows.source} t WHERE ${ofTenant(ctx)} AND ${having(id)}`
  const [found] = await run<{ json: string; version: number }>(statement, { db: ctx.db, prepared: true })
  if (!found) throw notFound(rows.one)
  return new RowReply(found.json, etagOf(found.version))
}
