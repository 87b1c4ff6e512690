import { recordActivities } from '@/lib/kernel/activities/record'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { inTransaction } from '@/lib/kernel/db/transaction'
import { endEnrollments } from '@/lib/resources/sequences/enrollments/end'
import { lockSequence } from '@/lib/resources/sequences/lock'

/**
 * Deletes a sequence with its steps and enrollments. The contacts' histories keep when they left it.
 * @throws DomainError not_found
 */
export function deleteSequence(context: ResourceContext, { id }: { id: string }): Promise<undefined> {
  return inTransaction(context, async (ctx) => {
    const { name } = await lockSequence(ctx, id)
    await endEnrollments(ctx, id, { as: 'removed' })
    await ctx.db.sequence.deleteMany({ where: { ...ctx.tenant, id } })
    await recordActivities(ctx, [{ type: 'sequence.deleted', subject: { kind: 'sequence', id }, data: { name } }])
    return undefined
  })
}
