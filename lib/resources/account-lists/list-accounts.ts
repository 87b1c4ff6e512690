import { notFound } from '@/lib/base/errors'
import type { OperationInput } from '@/lib/contracts/operation'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { keyset, toPage } from '@/lib/kernel/listing/keyset'
import type { accountListsContract } from '@/lib/resources/account-lists/contract'
import { accountFields } from '@/lib/resources/account-lists/row'

type Query = OperationInput<typeof accountListsContract.operations.listAccounts>['query']

/**
 * A page of the accounts on a list, newest on it first.
 * @throws DomainError not_found, invalid_cursor
 */
export async function listAccounts({ db, tenant }: ResourceContext, { id, ...query }: { id: string } & Query) {
  const list = await db.accountList.findFirst({ where: { ...tenant, id }, select: { id: true } })
  if (!list) throw notFound('account list')
  const { domain, limit, cursor } = query
  const sort = [{ field: 'added_at' as const, direction: 'desc' as const }]
  const request = { list: ['accounts', tenant, list.id, domain], sort, limit, cursor }
  const page = keyset(request)
  const rows = await db.account.findMany({
    where: { ...tenant, list_id: list.id, domain, ...page.where },
    orderBy: page.orderBy,
    take: page.take,
    select: accountFields,
  })
  return toPage(request, rows)
}
