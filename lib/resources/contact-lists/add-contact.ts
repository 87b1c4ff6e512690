import { notFound } from '@/lib/base/errors'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { addContacts } from '@/lib/resources/contact-lists/add-contacts'

/**
 * Puts one contact on a list.
 * @throws DomainError not_found for the list and for the contact
 */
export async function addContact(context: ResourceContext, { id, contact_id }: { id: string; contact_id: string }) {
  const { data } = await addContacts(context, { id, contact_ids: [contact_id.toLowerCase()] })
  const [item] = data
  if (!item || item.result === 'not_found') throw notFound('contact')
  return item
}
