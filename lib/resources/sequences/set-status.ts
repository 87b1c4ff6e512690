import { DomainError } from '@/lib/base/errors'
import { recordActivities } from '@/lib/kernel/activities/record'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import type { SequenceStatus } from '@/lib/kernel/db/generated/enums'
import { inTransaction } from '@/lib/kernel/db/transaction'
import { endEnrollments } from '@/lib/resources/sequences/enrollments/end'
import { lockSequence } from '@/lib/resources/sequences/lock'
import { showSequence } from '@/lib/resources/sequences/row'
import { findSteps } from '@/lib/resources/sequences/steps'

/** From which states each state can be reached. Nothing leaves the archive. */
const REACHED_FROM: Record<SequenceStatus, SequenceStatus[]> = {
  paused: ['active'],
  active: ['paused'],
  archived: ['active', 'paused'],
}

/**
 * Pauses, resumes or archives a sequence.
 * @throws DomainError not_found, wrong_state
 */
export function setSequenceStatus(context: ResourceContext, { id, to }: { id: string; to: SequenceStatus }) {
  return inTransaction(context, async (ctx) => {
    const { status } = await lockSequence(ctx, id)
    if (!REACHED_FROM[to].includes(status)) {
      const needed = REACHED_FROM[to].join(' or ')
      throw new DomainError('wrong_state', `This sequence is ${status}; it must be ${needed} for that.`)
    }
    const row = await ctx.db.sequence.update({ where: { ...ctx.tenant, id }, data: { status: to } })
    if (to === 'archived') await endEnrollments(ctx, id, { as: 'removed' })
    await recordActivities(ctx, [
      { type: 'sequence.updated', subject: { kind: 'sequence', id }, data: { fields: ['status'], status: to } },
    ])
    return showSequence(row, await findSteps(ctx, id))
  })
}
