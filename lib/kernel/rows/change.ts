import type { RowContext } from '@/lib/kernel/rows/context'
import { type Condition, changed, changedAt, locked, type Objection, orRefuse, verdict } from '@/lib/kernel/rows/judge'
import { type Outcome, outcome, recorded, toReply } from '@/lib/kernel/rows/record'
import { writing } from '@/lib/kernel/rows/refusals'
import type { RowReply } from '@/lib/kernel/rows/reply'
import { run } from '@/lib/kernel/rows/run'
import { join, name, type Sql, sql, word } from '@/lib/kernel/rows/sql'
import { type Having, ofTenant, type RowTable } from '@/lib/kernel/rows/table'
import { told } from '@/lib/kernel/rows/told'

/** Another row has what this one would have. Asked before, so that two rows that swap a value never wait for each other. */
const taken = (ctx: RowContext, { table, unique = [] }: RowTable): Objection[] =>
  unique.map(({ columns }) => {
    const same = columns.map((column) => sql`o.${name(column)} = b.${name(column)}`)
    const other = sql`(SELECT o.id::text FROM ${name(table)} o
          WHERE ${ofTenant(ctx, name('o'))} AND ${join(same, ' AND ')} AND o.id <> t.id LIMIT 1)`
    return { when: sql`${other} IS NOT NULL`, refusal: 'already_exists', fact: other }
  })

/** Each merged field as the patch leaves it, from `t`, the row as it was. */
const mergings = ({ merged }: RowTable, patch: string): Sql[] =>
  merged.map(({ field }) => {
    const member = sql`coalesce(${patch}::jsonb -> ${word(field)}, '{}')`
    return sql`jsonb_strip_nulls(t.${name(field)} || ${member}) AS ${name(field)}`
  })

const tooMany = ({ merged }: RowTable): Objection[] =>
  merged.map(({ field, most }) => ({
    when: sql`(SELECT count(*) FROM jsonb_object_keys(m.${name(field)})) > ${most}`,
    refusal: 'too_many',
    fact: word(field),
  }))

function assignments({ patchable, merged, touched }: RowTable): Sql {
  const columns = [...patchable, ...merged.map(({ field }) => field), ...touched]
  const values = [
    ...patchable.map((column) => sql`(seen.new).${name(column)}`),
    ...merged.map(({ field }) => sql`(seen.merged).${name(field)}`),
    ...touched.map(() => changedAt),
  ]
  return sql`(${join(columns.map(name), ', ')}) = ROW(${join(values, ', ')})`
}

/**
 * Applies a merge patch (RFC 7396) to a row of the tenant, with its activity.
 * @param id the columns by which the row is found
 * @param patch what the caller gave, checked by the contract
 * @throws DomainError not_found, precondition_failed, already_exists; validation_failed for a reference to nothing and
 *   for too many members of a merged field
 */
export async function change(
  ctx: RowContext,
  rows: RowTable,
  id: Having,
  patch: object,
  conditions: readonly Condition[] = [],
): Promise<RowReply> {
  const { look, free, keep, earlier } = recorded(ctx)
  const text = JSON.stringify(patch)
  const judgement = verdict(ctx, [...taken(ctx, rows), ...tooMany(rows)], conditions)
  const statement = sql`
    WITH ${look}${locked(ctx, rows, { id, strength: 'NO KEY UPDATE', free })}, seen AS (
      SELECT l.old, b AS new, m AS merged, ${judgement}
      FROM locked l
      CROSS JOIN LATERAL (SELECT (l.old).*) t
      CROSS JOIN LATERAL jsonb_populate_record(l.old, ${text}::jsonb) b
      CROSS JOIN LATERAL (SELECT ${join([sql`true AS done`, ...mergings(rows, text)], ', ')}) m
    ), made AS (
      UPDATE ${name(rows.table)} t SET ${assignments(rows)}
      FROM seen WHERE t.id = (seen.old).id AND seen.verdict IS NULL RETURNING t.*
    )${told(ctx, rows, rows.activities?.change, { fields: Object.keys(patch) })}, ${changed(rows.json)}${keep}${outcome(earlier)}`
  const [made] = await writing(ctx, rows, { ...patch }, () => run<Outcome>(statement, { db: ctx.db, prepared: true }))
  return toReply(ctx, orRefuse(rows, made, conditions))
}
