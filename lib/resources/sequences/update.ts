import { DomainError } from '@/lib/base/errors'
import type { OperationInput } from '@/lib/contracts/operation'
import { recordActivities } from '@/lib/kernel/activities/record'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { sequencesContract } from '@/lib/resources/sequences/contract'
import { endEnrollments } from '@/lib/resources/sequences/enrollments/end'
import { lockSequence } from '@/lib/resources/sequences/lock'
import { showSequence } from '@/lib/resources/sequences/row'
import { findSteps, insertSteps } from '@/lib/resources/sequences/steps'

type Body = OperationInput<typeof sequencesContract.operations.update>['body']

/**
 * Applies a merge patch to a sequence. New steps replace the old ones; an enrollment that stood beyond their end has as
 * many steps behind it as there are, so it is complete: to put it back to the last step would carry that out twice.
 * @throws DomainError not_found, wrong_state
 */
export function updateSequence(context: ResourceContext, { id, changes }: { id: string; changes: Body }) {
  return inTransaction(context, async (ctx) => {
    const { db, tenant } = ctx
    const { status } = await lockSequence(ctx, id)
    if (status === 'archived') throw new DomainError('wrong_state', 'An archived sequence cannot be changed.')
    const { steps, ...fields } = changes
    const row = await db.sequence.update({ where: { ...tenant, id }, data: fields })
    if (steps) {
      await db.step.deleteMany({ where: { ...tenant, sequence_id: id } })
      await insertSteps(ctx, id, steps)
      await endEnrollments(ctx, id, { as: 'completed', last_step: steps.length })
    }
    await recordActivities(ctx, [
      { type: 'sequence.updated', subject: { kind: 'sequence', id }, data: { fields: Object.keys(changes) } },
    ])
    return showSequence(row, await findSteps(ctx, id))
  })
}
