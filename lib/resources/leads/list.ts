import type { OperationInput } from '@/lib/contracts/operation'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { keyset, toPage } from '@/lib/kernel/listing/keyset'
import { matching } from '@/lib/kernel/listing/search'
import type { leadsContract } from '@/lib/resources/leads/contract'
import { showLead } from '@/lib/resources/leads/row'

type Query = OperationInput<typeof leadsContract.operations.list>['query']

/**
 * A page of the tenant's leads.
 * @throws DomainError invalid_cursor
 */
export async function listLeads({ db, tenant }: ResourceContext, query: Query) {
  const { status, email, q, created_after, sort, limit, cursor } = query
  const request = { list: ['leads', tenant, status, email, q, created_after], sort, limit, cursor }
  const page = keyset(request)
  const rows = await db.lead.findMany({
    where: {
      ...tenant,
      status,
      email,
      ...(q && { search: await matching(db, q) }),
      ...(created_after && { created_at: { gt: created_after } }),
      ...page.where,
    },
    orderBy: page.orderBy,
    take: page.take,
  })
  const { data, ...rest } = toPage(request, rows)
  return { ...rest, data: data.map(showLead) }
}
