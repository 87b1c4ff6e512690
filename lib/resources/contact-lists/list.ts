import type { OperationInput } from '@/lib/contracts/operation'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { keyset, toPage } from '@/lib/kernel/listing/keyset'
import type { contactListsContract } from '@/lib/resources/contact-lists/contract'
import { showContactLists } from '@/lib/resources/contact-lists/row'

type Query = OperationInput<typeof contactListsContract.operations.list>['query']

/**
 * A page of the tenant's contact lists.
 * @throws DomainError invalid_cursor
 */
export async function listContactLists({ db, tenant }: ResourceContext, query: Query) {
  const { name, created_after, sort, limit, cursor } = query
  const request = { list: ['contact_lists', tenant, name, created_after], sort, limit, cursor }
  const page = keyset(request)
  const { AND, ...position } = page.where
  const rows = await db.contactList.findMany({
    where: { ...tenant, ...position, AND: [...AND, { name, created_at: created_after && { gt: created_after } }] },
    orderBy: page.orderBy,
    take: page.take,
  })
  const { data, ...rest } = toPage(request, rows)
  return { ...rest, data: await showContactLists(db, tenant, data) }
}
