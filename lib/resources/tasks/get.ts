import { notFound } from '@/lib/base/errors'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { showTask } from '@/lib/resources/tasks/row'

/** @throws DomainError not_found */
export async function getTask({ db, tenant }: ResourceContext, { id }: { id: string }) {
  const row = await db.task.findFirst({ where: { ...tenant, id } })
  if (!row) throw notFound('task')
  return showTask(row)
}
