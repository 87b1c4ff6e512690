import { notFound } from '@/lib/base/errors'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { countContacts, showContactList } from '@/lib/resources/contact-lists/row'

/** @throws DomainError not_found */
export async function getContactList({ db, tenant }: ResourceContext, { id }: { id: string }) {
  const row = await db.contactList.findFirst({ where: { ...tenant, id } })
  if (!row) throw notFound('contact list')
  return showContactList(row, await countContacts(db, tenant, id))
}
