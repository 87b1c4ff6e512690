import { DomainError, notFound, validationFailed } from '@/lib/base/errors'
import type { RowContext } from '@/lib/kernel/rows/context'
import type { Outcome } from '@/lib/kernel/rows/record'
import { join, name, type Sql, sql, word } from '@/lib/kernel/rows/sql'
import { type Having, having, ofTenant, type RowTable } from '@/lib/kernel/rows/table'

/** What must hold of the row `t`, once it is locked, for a change to be made. */
export type Condition = { holds: Sql; otherwise: DomainError }

/** A reason not to change the row: when, its name, and what is told of it. */
export type Objection = { when: Sql; refusal: string; fact?: Sql }

type Locking = {
  id: Having
  /** `FOR UPDATE` before a removal; otherwise references to the row may come meanwhile. */
  strength: 'UPDATE' | 'NO KEY UPDATE'
  free: Sql
}

/** Waits for the row and holds it, so that what is judged is what is changed. */
export const locked = (ctx: RowContext, { table }: RowTable, { id, strength, free }: Locking): Sql => sql`locked AS (
      SELECT t AS old FROM ${name(table)} t WHERE ${ofTenant(ctx)} AND ${having(id)} AND ${free}
      FOR ${strength === 'UPDATE' ? sql`UPDATE` : sql`NO KEY UPDATE`}
    )`

/** When `seen.old` is changed: never before it was created, though the clock be set back. Lists rely on it. */
export const changedAt = sql`greatest(clock_timestamp(), (seen.old).created_at)`

/** Null where nothing stands against the change, else the first objection and its fact. */
export function verdict({ request }: RowContext, objections: Objection[], conditions: readonly Condition[] = []): Sql {
  const all: Objection[] = [
    {
      when: sql`NOT (t.version = ANY (coalesce(${request.if_match}::int[], ARRAY[t.version])))`,
      refusal: 'precondition_failed',
    },
    ...objections,
    ...conditions.map(({ holds }, index) => ({ when: sql`NOT (${holds})`, refusal: `condition_${index}` })),
  ]
  const cases = all.map(
    ({ when, refusal, fact }) => sql`WHEN ${when} THEN ARRAY[${word(refusal)}, ${fact ?? sql`NULL`}]`,
  )
  return sql`CASE ${join(cases, ' ')} END AS verdict`
}

/** The reply of a change: of the row as it is in `made`, or the verdict that there is none. */
export const changed = (json: Sql): Sql => sql`reply AS (
      SELECT seen.verdict[1] AS refusal, seen.verdict[2] AS fact, CASE WHEN t.id IS NOT NULL THEN ${json} END AS body, t.version
      FROM seen LEFT JOIN made t ON true
    )`

export const preconditionFailed = (one: string) =>
  new DomainError(
    'precondition_failed',
    `This ${one} has changed since the version that If-Match names. Get it again first.`,
  )

type Judgement = Pick<Outcome, 'refusal' | 'fact'>

/** The refusal that a verdict stands for; without a row there was none to judge. */
function refusalOf(
  { one, merged, unique = [] }: RowTable,
  judged: Judgement | undefined,
  conditions: readonly Condition[],
): DomainError | null {
  if (!judged) return notFound(one)
  const { refusal, fact } = judged
  switch (refusal) {
    case null:
      return null
    case 'precondition_failed':
      return preconditionFailed(one)
    case 'already_exists':
      return new DomainError(refusal, unique[0]?.told ?? `There is such a ${one} already.`, {
        ...(fact && { existing_id: fact }),
      })
    case 'too_many': {
      const most = merged.find(({ field }) => field === fact)?.most
      return validationFailed([{ path: fact ?? '', message: `At most ${most} fields.` }])
    }
    default:
      return conditions[Number(refusal.replace('condition_', ''))]?.otherwise ?? notFound(one)
  }
}

/** @throws DomainError what the verdict says */
export function orRefuse<Judged extends Judgement>(
  rows: RowTable,
  judged: Judged | undefined,
  conditions: readonly Condition[] = [],
): Judged {
  const refusal = refusalOf(rows, judged, conditions)
  if (refusal || !judged) throw refusal
  return judged
}
