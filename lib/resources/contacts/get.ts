import { notFound } from '@/lib/base/errors'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { showContact } from '@/lib/resources/contacts/row'

/** @throws DomainError not_found */
export async function getContact({ db, tenant }: ResourceContext, { id }: { id: string }) {
  const row = await db.contact.findFirst({ where: { ...tenant, id } })
  if (!row) throw notFound('contact')
  return showContact(row)
}
