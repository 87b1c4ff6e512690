import type { ResourceContext } from '@/lib/kernel/actors/context'
import { notFound } from '@/lib/base/errors'
import { countAccounts, showList } from '@/lib/resources/account-lists/row'

/** @throws DomainError not_found */
export async function getList({ db, tenant }: ResourceContext, { id }: { id: string }) {
  const row = await db.accountList.findFirst({ where: { ...tenant, id } })
  if (!row) throw notFound('account list')
  return showList(row, await countAccounts(db, tenant, id))
}
