import { notFound } from '@/lib/base/errors'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { removeContacts } from '@/lib/resources/contact-lists/remove-contacts'

/**
 * Takes one contact off a list; one that is not on it is left as it is.
 * @throws DomainError not_found for the list and for the contact
 */
export async function removeContact(
  context: ResourceContext,
  { id, contact_id }: { id: string; contact_id: string },
): Promise<undefined> {
  const { data } = await removeContacts(context, { id, contact_ids: [contact_id.toLowerCase()] })
  if (data.some(({ result }) => result === 'not_found')) throw notFound('contact')
}
