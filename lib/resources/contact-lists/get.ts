import type { ResourceContext } from '@/lib/kernel/actors/context'
import { notFound } from '@/lib/base/errors'
import { countContacts, showList } from '@/lib/resources/contact-lists/row'

/** @throws DomainError not_found */
export async function getList({ db, tenant }: ResourceContext, { id }: { id: string }) {
  const row = await db.contactList.findFirst({ where: { ...tenant, id } })
  if (!row) throw notFound('contact list')
  return showList(row, await countContacts(db, tenant, id))
}
