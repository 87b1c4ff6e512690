import { notFound } from '@/lib/base/errors'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { countAccounts, showAccountList } from '@/lib/resources/account-lists/row'

/** @throws DomainError not_found */
export async function getAccountList({ db, tenant }: ResourceContext, { id }: { id: string }) {
  const row = await db.accountList.findFirst({ where: { ...tenant, id } })
  if (!row) throw notFound('account list')
  return showAccountList(row, await countAccounts(db, tenant, id))
}
