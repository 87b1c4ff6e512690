import type { OperationInput } from '@/lib/contracts/operation'
import { recordActivities } from '@/lib/kernel/activities/record'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { tasksContract } from '@/lib/resources/tasks/contract'
import { requireLinks } from '@/lib/resources/tasks/links'
import { showTask } from '@/lib/resources/tasks/row'

type Body = OperationInput<typeof tasksContract.operations.create>['body']

/**
 * Adds an open task to the tenant.
 * @throws DomainError validation_failed
 */
export function createTask(context: ResourceContext, body: Body) {
  return inTransaction(context, async (ctx) => {
    await requireLinks(ctx, body)
    const row = await ctx.db.task.create({ data: { ...body, ...ctx.tenant } })
    const { id, contact_id } = row
    await recordActivities(ctx, [{ type: 'task.created', subject: { kind: 'task', id }, contact_id }])
    return showTask(row)
  })
}
