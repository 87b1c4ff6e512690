import type { RowContext } from '@/lib/kernel/rows/context'
import { type Outcome, outcome, recorded, toReply } from '@/lib/kernel/rows/record'
import { alreadyExists, writing } from '@/lib/kernel/rows/refusals'
import type { RowReply } from '@/lib/kernel/rows/reply'
import { run } from '@/lib/kernel/rows/run'
import { join, name, sql } from '@/lib/kernel/rows/sql'
import type { Having, RowTable } from '@/lib/kernel/rows/table'
import { told } from '@/lib/kernel/rows/told'
import { uuidv7 } from '@/lib/kernel/rows/uuid'

/**
 * Adds a row to the tenant, with its activity.
 * @param body what the caller gave, checked by the contract
 * @param parent the column of the row's parent, where it has one
 * @param id of the new row, for whoever must know it
 * @throws DomainError already_exists; validation_failed for a reference to nothing
 */
export async function create(
  ctx: RowContext,
  rows: RowTable,
  body: object,
  parent: Having = {},
  id = uuidv7(),
): Promise<RowReply> {
  const { look, free, keep, earlier } = recorded(ctx)
  const given = { ...rows.initial, ...body, ...parent }
  const { tenant } = ctx
  const columns = join(rows.creatable.map(name), ', ')
  const values = join(
    rows.creatable.map((column) => sql`b.${name(column)}`),
    ', ',
  )
  // Skipped, not failed: nothing is undone, and the row that stands in the way can be named.
  const statement = sql`
    WITH ${look}made AS (
      INSERT INTO ${name(rows.table)} (id, organization_id, environment, ${columns})
      SELECT ${id}::uuid, ${tenant.organization_id}::uuid, ${tenant.environment}::environment, ${values}
      FROM jsonb_populate_record(NULL::${name(rows.table)}, ${JSON.stringify(given)}::jsonb) b WHERE ${free}
      ON CONFLICT DO NOTHING RETURNING *
    )${told(ctx, rows, rows.activities?.create)}, reply AS (
      SELECT NULL AS refusal, NULL AS fact, ${rows.json} AS body, t.version FROM made t
    )${keep}${outcome(earlier)}`
  const [made] = await writing(ctx, rows, given, () => run<Outcome>(statement, { db: ctx.db, prepared: true }))
  if (!made) throw await alreadyExists(ctx, rows, given)
  return toReply(ctx, made)
}
