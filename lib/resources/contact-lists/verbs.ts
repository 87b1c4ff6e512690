import { notFound } from '@/lib/base/errors'
import {
  change,
  create,
  get,
  implement,
  inOneTransaction,
  paged,
  remove,
  serve,
  sql,
  table,
} from '@/lib/kernel/rows/kit'
import { contactListsContract, listOfContactRows, memberRows } from '@/lib/resources/contact-lists/contract'
import { addContacts, contactLists, counted, pageOfLists, removeContacts } from '@/lib/resources/contact-lists/members'

const { operations } = contactListsContract

const members = table(memberRows, {
  from: sql`(
    SELECT m.organization_id, m.environment, m.list_id, m.added_at, m.contact_id AS id, c.email, c.first_name,
      c.last_name, c.company
    FROM contact_list_members m JOIN contacts c ON c.id = m.contact_id)`,
})

const listsOf = table(listOfContactRows, {
  from: sql`(
    SELECT l.*, m.contact_id, m.added_at
    FROM contact_list_members m JOIN contact_lists l ON l.id = m.list_id)`,
  shown: counted,
})

export const contactListsApi = serve(contactListsContract, [
  implement(operations.list, (ctx, { query }) => paged(ctx, pageOfLists, query)),
  implement(operations.create, (ctx, { body }) => create(ctx, contactLists, body)),
  implement(operations.get, (ctx, { params }) => get(ctx, contactLists, params)),
  implement(operations.update, (ctx, { params, body }) => change(ctx, contactLists, params, body)),
  implement(operations.delete, (ctx, { params }) => remove(ctx, contactLists, params)),
  implement(operations.listContacts, (ctx, { params, query }) => paged(ctx, members, query, { list_id: params.id })),
  implement(operations.listsOfContact, (ctx, { params, query }) =>
    paged(ctx, listsOf, query, { contact_id: params.id }),
  ),
  implement(
    operations.addContacts,
    inOneTransaction((ctx, { params, body }) => addContacts(ctx, { ...params, ...body })),
  ),
  implement(
    operations.removeContacts,
    inOneTransaction((ctx, { params, body }) => removeContacts(ctx, { ...params, ...body })),
  ),
  implement(
    operations.addContact,
    inOneTransaction(async (ctx, { params: { id, contact_id } }) => {
      const { data } = await addContacts(ctx, { id, contact_ids: [contact_id.toLowerCase()] })
      const [item] = data
      if (!item || item.result === 'not_found') throw notFound('contact')
      return item
    }),
  ),
  // One that is not on the list is left as it is.
  implement(
    operations.removeContact,
    inOneTransaction(async (ctx, { params: { id, contact_id } }) => {
      const { data } = await removeContacts(ctx, { id, contact_ids: [contact_id.toLowerCase()] })
      if (data.some(({ result }) => result === 'not_found')) throw notFound('contact')
      return undefined
    }),
  ),
])
