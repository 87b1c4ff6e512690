import type { OperationInput } from '@/lib/contracts/operation'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { keyset, toPage } from '@/lib/kernel/listing/keyset'
import type { accountListsContract } from '@/lib/resources/account-lists/contract'
import { showAccountLists } from '@/lib/resources/account-lists/row'

type Query = OperationInput<typeof accountListsContract.operations.list>['query']

/**
 * A page of the tenant's account lists.
 * @throws DomainError invalid_cursor
 */
export async function listAccountLists({ db, tenant }: ResourceContext, query: Query) {
  const { name, created_after, sort, limit, cursor } = query
  const request = { list: ['account_lists', tenant, name, created_after], sort, limit, cursor }
  const page = keyset(request)
  const { AND, ...position } = page.where
  const rows = await db.accountList.findMany({
    where: { ...tenant, ...position, AND: [...AND, { name, created_at: created_after && { gt: created_after } }] },
    orderBy: page.orderBy,
    take: page.take,
  })
  const { data, ...rest } = toPage(request, rows)
  return { ...rest, data: await showAccountLists(db, tenant, data) }
}
