import { DomainError } from '@/lib/base/errors'
import type { Move } from '@/lib/contracts/rows/define'
import type { RowContext } from '@/lib/kernel/rows/context'
import { type Condition, changed, changedAt, locked, orRefuse, verdict } from '@/lib/kernel/rows/judge'
import { type Outcome, outcome, recorded, toReply } from '@/lib/kernel/rows/record'
import type { RowReply } from '@/lib/kernel/rows/reply'
import { run } from '@/lib/kernel/rows/run'
import { join, name, sql, word } from '@/lib/kernel/rows/sql'
import type { Having, RowTable } from '@/lib/kernel/rows/table'
import { told } from '@/lib/kernel/rows/told'

/** The refusal of a move from a state that it does not begin in: one that is over, or one that another move must lead to first. */
function cannotFollow({ one, states }: RowTable, { from, to }: Move, state: string): DomainError {
  const isLeft = Object.values(states?.moves ?? {}).some((move) => move.from.includes(state))
  if (state === to || !isLeft) return new DomainError('wrong_state', `This ${one} is ${state} already.`)
  return new DomainError('wrong_state', `This ${one} is ${state}: only one that is ${from.join(' or ')} becomes ${to}.`)
}

/**
 * Takes a row of the tenant from one state to another, with its activity. Of two calls at once, one finds it where it was.
 * @param step the name of the move in the definition
 * @throws DomainError not_found, precondition_failed, wrong_state
 */
export async function move(
  ctx: RowContext,
  rows: RowTable,
  id: Having,
  step: string,
  conditions: readonly Condition[] = [],
): Promise<RowReply> {
  const { states } = rows
  const taken = states?.moves[step]
  if (!states || !taken) throw new Error(`${rows.table} has no move ${step}.`)
  const { look, free, keep, earlier } = recorded(ctx)
  const state = sql`t.${name(states.field)}::text`
  const elsewhere = { when: sql`NOT (${state} = ANY (${taken.from}::text[]))`, refusal: 'wrong_state', fact: state }
  const set = [
    sql`${name(states.field)} = ${word(taken.to)}`,
    ...rows.touched.map((column) => sql`${name(column)} = ${changedAt}`),
    ...(taken.stamp ? [sql`${name(taken.stamp)} = clock_timestamp()`] : []),
    ...(taken.unstamp ? [sql`${name(taken.unstamp)} = NULL`] : []),
  ]
  const statement = sql`
    WITH ${look}${locked(ctx, rows, { id, strength: 'NO KEY UPDATE', free })}, seen AS (
      SELECT l.old, ${verdict(ctx, [elsewhere], conditions)} FROM locked l CROSS JOIN LATERAL (SELECT (l.old).*) t
    ), made AS (
      UPDATE ${name(rows.table)} t SET ${join(set, ', ')}
      FROM seen WHERE t.id = (seen.old).id AND seen.verdict IS NULL RETURNING t.*
    )${told(ctx, rows, taken.activity, taken.data)}, ${changed(rows.json)}${keep}${outcome(earlier)}`
  const [made] = await run<Outcome>(statement, { db: ctx.db, prepared: true })
  if (made?.refusal === 'wrong_state') throw cannotFollow(rows, taken, made.fact ?? '')
  return toReply(ctx, orRefuse(rows, made, conditions))
}
