import type { OperationInput } from '@/lib/contracts/operation'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { keyset, toPage } from '@/lib/kernel/listing/keyset'
import { beginningWith } from '@/lib/kernel/listing/search'
import type { exclusionsContract } from '@/lib/resources/exclusions/contract'
import { showExclusion } from '@/lib/resources/exclusions/row'

type Query = OperationInput<typeof exclusionsContract.operations.list>['query']

/**
 * A page of the tenant's exclusions.
 * @throws DomainError invalid_cursor
 */
export async function listExclusions({ db, tenant }: ResourceContext, query: Query) {
  const { kind, q, sort, limit, cursor } = query
  const request = { list: ['exclusions', tenant, kind, q], sort, limit, cursor }
  const page = keyset(request)
  const rows = await db.exclusion.findMany({
    where: {
      ...tenant,
      kind,
      // The values are indexed behind their kind.
      ...(q && {
        kind: { in: kind ? [kind] : ['email', 'domain'] },
        value: beginningWith(q.toLowerCase()),
      }),
      ...page.where,
    },
    orderBy: page.orderBy,
    take: page.take,
  })
  const { data, ...rest } = toPage(request, rows)
  return { ...rest, data: data.map(showExclusion) }
}
