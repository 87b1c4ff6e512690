import { notFound } from '@/lib/base/errors'
import type { OperationInput } from '@/lib/contracts/operation'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { keyset, toPage } from '@/lib/kernel/listing/keyset'
import type { contactListsContract } from '@/lib/resources/contact-lists/contract'

type Query = OperationInput<typeof contactListsContract.operations.listContacts>['query']

/** A member is ordered and found by its contact's id: it has none of its own. */
const byContact = <Value, Time>({ id, added_at }: { id?: Value; added_at?: Time }) => ({ contact_id: id, added_at })

const shown = { id: true, email: true, first_name: true, last_name: true, company: true } as const

/**
 * A page of the contacts on a list, newest on it first.
 * @throws DomainError not_found, invalid_cursor
 */
export async function listContactsOfList({ db, tenant }: ResourceContext, { id, ...query }: { id: string } & Query) {
  const list = await db.contactList.findFirst({ where: { ...tenant, id }, select: { id: true } })
  if (!list) throw notFound('contact list')
  const sort = [{ field: 'added_at' as const, direction: 'desc' as const }]
  const request = { list: ['contact_list_members', tenant, list.id], sort, ...query }
  const { where, orderBy, take } = keyset(request)
  const members = await db.contactListMember.findMany({
    where: {
      ...tenant,
      list_id: list.id,
      AND: where.AND.map(byContact),
      OR: where.OR?.map(({ AND }) => ({ AND: AND.map(byContact) })),
    },
    orderBy: orderBy.map(byContact),
    take,
    select: { added_at: true, contact_id: true },
  })
  const { data, ...rest } = toPage(
    request,
    members.map(({ added_at, contact_id }) => ({ id: contact_id, added_at })),
  )
  // Read apart, so that a contact deleted in between is left out instead of breaking the page.
  const contacts = await db.contact.findMany({
    where: { ...tenant, id: { in: data.map((member) => member.id) } },
    select: shown,
  })
  const byId = new Map(contacts.map((contact) => [contact.id, contact]))
  const present = data.flatMap((member) => {
    const contact = byId.get(member.id)
    return contact ? [{ ...contact, added_at: member.added_at }] : []
  })
  return { ...rest, data: present }
}
