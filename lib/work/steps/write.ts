import { change } from '@/lib/kernel/rows/change'
import { create } from '@/lib/kernel/rows/create'
import { get } from '@/lib/kernel/rows/get'
import { hold } from '@/lib/kernel/rows/hold'
import type { TransactionContext } from '@/lib/kernel/rows/implement'
import type { Condition } from '@/lib/kernel/rows/judge'
import { remove } from '@/lib/kernel/rows/remove'
import type { RowReply } from '@/lib/kernel/rows/reply'
import type { RowTable } from '@/lib/kernel/rows/table'
import { uuidv7 } from '@/lib/kernel/rows/uuid'
import type { Step } from '@/lib/work/steps/contract'
import { endEnrollments } from '@/lib/work/steps/end'
import type { OwnerKind } from '@/lib/work/steps/owners'
import { replaceSteps } from '@/lib/work/steps/replace'

/** Sequences and flows as they are written: rows with steps, and with contacts on their way through them. */
type Stepped = { kind: OwnerKind; rows: RowTable }

/** Makes one with its steps. @throws DomainError as `create` */
export async function createWithSteps(
  ctx: TransactionContext,
  { kind, rows }: Stepped,
  { steps, ...fields }: { steps: Step[] },
): Promise<RowReply> {
  const id = uuidv7()
  await create(ctx, rows, fields, {}, id)
  await replaceSteps(ctx, { kind, id }, steps)
  return get(ctx, rows, { id })
}

/**
 * Changes one, and its steps where the patch has some. Who then stands beyond the end has as many steps behind them as there
 * are, and has completed it: to put them back to the last one would carry that out twice.
 * @throws DomainError as `change`
 */
export async function changeWithSteps(
  ctx: TransactionContext,
  { kind, rows }: Stepped,
  { id }: { id: string },
  patch: { steps?: Step[] | undefined },
  conditions: readonly Condition[] = [],
): Promise<RowReply> {
  const changed = await change(ctx, rows, { id }, patch, conditions)
  const { steps } = patch
  if (!steps) return changed
  await replaceSteps(ctx, { kind, id }, steps)
  await endEnrollments(ctx, { kind, id }, { as: 'completed', last_step: steps.length })
  return get(ctx, rows, { id })
}

/**
 * Deletes one with its steps and enrollments; the contacts' histories keep when they left it.
 * @throws DomainError as `remove`
 */
export async function removeWithSteps(
  ctx: TransactionContext,
  { kind, rows }: Stepped,
  { id }: { id: string },
): Promise<RowReply> {
  await hold(ctx, rows, { id })
  await endEnrollments(ctx, { kind, id }, { as: 'removed' })
  return remove(ctx, rows, { id })
}
