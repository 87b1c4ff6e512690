import { notFound } from '@/lib/base/errors'
import type { OperationInput } from '@/lib/contracts/operation'
import { recordActivities } from '@/lib/kernel/activities/record'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { tasksContract } from '@/lib/resources/tasks/contract'
import { requireLinks } from '@/lib/resources/tasks/links'
import { showTask } from '@/lib/resources/tasks/row'

type Body = OperationInput<typeof tasksContract.operations.update>['body']

/**
 * Applies a merge patch to a task, whatever its state: notes belong to finished work too.
 * @throws DomainError not_found, validation_failed
 */
export function updateTask(context: ResourceContext, { id, changes }: { id: string; changes: Body }) {
  return inTransaction(context, async (ctx) => {
    const { db, tenant } = ctx
    await requireLinks(ctx, changes)
    const [row] = await db.task.updateManyAndReturn({ where: { ...tenant, id }, data: changes })
    if (!row) throw notFound('task')
    await recordActivities(ctx, [
      {
        type: 'task.updated',
        subject: { kind: 'task', id },
        contact_id: row.contact_id,
        data: { fields: Object.keys(changes) },
      },
    ])
    return showTask(row)
  })
}
