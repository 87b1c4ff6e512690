import type { OperationInput } from '@/lib/contracts/operation'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { keyset, toPage } from '@/lib/kernel/listing/keyset'
import type { activitiesContract } from '@/lib/resources/activities/contract'
import { showActivity } from '@/lib/resources/activities/row'

type Query = OperationInput<typeof activitiesContract.operations.list>['query']

/**
 * A page of the tenant's activities.
 * @throws DomainError invalid_cursor
 */
export async function listActivities({ db, tenant }: ResourceContext, query: Query) {
  const { contact_id, type, after, before, sort, limit, cursor } = query
  const request = { list: ['activities', tenant, contact_id, type, after, before], sort, limit, cursor }
  const page = keyset(request)
  const rows = await db.activity.findMany({
    where: { ...tenant, contact_id, type, at: { gt: after, lt: before }, ...page.where },
    orderBy: page.orderBy,
    take: page.take,
  })
  const { data, ...rest } = toPage(request, rows)
  return { ...rest, data: data.map(showActivity) }
}
