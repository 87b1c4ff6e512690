import type { OperationInput } from '@/lib/contracts/operation'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { keyset, toPage } from '@/lib/kernel/listing/keyset'
import type { tasksContract } from '@/lib/resources/tasks/contract'
import { showTask } from '@/lib/resources/tasks/row'

type Query = OperationInput<typeof tasksContract.operations.list>['query']

/**
 * A page of the tenant's tasks.
 * @throws DomainError invalid_cursor
 */
export async function listTasks({ db, tenant }: ResourceContext, query: Query) {
  const { sort, limit, cursor, due_before, created_after, ...same } = query
  const request = { list: ['tasks', tenant, same, due_before, created_after], sort, limit, cursor }
  const page = keyset(request)
  const rows = await db.task.findMany({
    where: {
      ...tenant,
      ...same,
      ...(due_before && { due_at: { lt: due_before } }),
      ...(created_after && { created_at: { gt: created_after } }),
      ...page.where,
    },
    orderBy: page.orderBy,
    take: page.take,
  })
  const { data, ...rest } = toPage(request, rows)
  return { ...rest, data: data.map(showTask) }
}
