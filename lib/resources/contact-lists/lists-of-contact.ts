import { notFound } from '@/lib/base/errors'
import type { OperationInput } from '@/lib/contracts/operation'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { keyset, toPage } from '@/lib/kernel/listing/keyset'
import type { contactListsContract } from '@/lib/resources/contact-lists/contract'
import { showContactLists } from '@/lib/resources/contact-lists/row'

type Query = OperationInput<typeof contactListsContract.operations.listsOfContact>['query']

/** A member is ordered and found by its list's id: it has none of its own. */
const byList = <Value>({ id }: { id?: Value }) => ({ list_id: id })

/**
 * A page of the lists that a contact is on, newest list first.
 * @throws DomainError not_found, invalid_cursor
 */
export async function listsOfContact({ db, tenant }: ResourceContext, { id, ...query }: { id: string } & Query) {
  const contact = await db.contact.findFirst({ where: { ...tenant, id }, select: { id: true } })
  if (!contact) throw notFound('contact')
  const request = { list: ['lists_of_contact', tenant, contact.id], sort: [], ...query }
  const { where, orderBy, take } = keyset<never>(request)
  const members = await db.contactListMember.findMany({
    // Ids grow with time, so the id alone is the position.
    where: {
      ...tenant,
      contact_id: contact.id,
      AND: where.AND.map(byList),
      OR: where.OR?.map(({ AND }) => ({ AND: AND.map(byList) })),
    },
    orderBy: orderBy.map(byList),
    take,
    select: { added_at: true, list_id: true },
  })
  const { data, ...rest } = toPage<never, { id: string; added_at: Date }>(
    request,
    members.map(({ added_at, list_id }) => ({ id: list_id, added_at })),
  )
  // Read apart, so that a list deleted in between is left out instead of breaking the page.
  const rows = await db.contactList.findMany({ where: { ...tenant, id: { in: data.map((member) => member.id) } } })
  const lists = new Map((await showContactLists(db, tenant, rows)).map((list) => [list.id, list]))
  const present = data.flatMap((member) => {
    const list = lists.get(member.id)
    return list ? [{ ...list, added_at: member.added_at }] : []
  })
  return { ...rest, data: present }
}
