import { DomainError, notFound } from '@/lib/base/errors'
import { recordActivities } from '@/lib/kernel/activities/record'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { databaseNow, inTransaction } from '@/lib/kernel/db/transaction'
import { showTask } from '@/lib/resources/tasks/row'

/**
 * Takes an open task to its end. Of two calls at once, one finds it open.
 * @throws DomainError not_found, wrong_state
 */
export function finishTask(
  context: ResourceContext,
  { id, as: status }: { id: string; as: 'completed' | 'cancelled' },
) {
  return inTransaction(context, async (ctx) => {
    const { db, tenant } = ctx
    const [row] = await db.task.updateManyAndReturn({
      where: { ...tenant, id, status: 'open' },
      data: { status, completed_at: status === 'completed' ? await databaseNow(db) : null },
    })
    if (!row) throw await whyNot(ctx, id)
    const type = status === 'completed' ? 'task.completed' : 'task.cancelled'
    await recordActivities(ctx, [{ type, subject: { kind: 'task', id }, contact_id: row.contact_id }])
    return showTask(row)
  })
}

async function whyNot({ db, tenant }: ResourceContext, id: string): Promise<DomainError> {
  const task = await db.task.findFirst({ where: { ...tenant, id }, select: { status: true } })
  return task ? new DomainError('wrong_state', `This task is ${task.status} already.`) : notFound('task')
}
