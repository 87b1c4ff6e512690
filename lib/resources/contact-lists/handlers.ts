import { implement } from '@/lib/kernel/rows/implement'
import { addContact } from '@/lib/resources/contact-lists/add-contact'
import { addContacts } from '@/lib/resources/contact-lists/add-contacts'
import { contactListsContract } from '@/lib/resources/contact-lists/contract'
import { createContactList } from '@/lib/resources/contact-lists/create'
import { deleteContactList } from '@/lib/resources/contact-lists/delete'
import { getContactList } from '@/lib/resources/contact-lists/get'
import { listContactLists } from '@/lib/resources/contact-lists/list'
import { listContactsOfList } from '@/lib/resources/contact-lists/list-contacts'
import { listsOfContact } from '@/lib/resources/contact-lists/lists-of-contact'
import { removeContact } from '@/lib/resources/contact-lists/remove-contact'
import { removeContacts } from '@/lib/resources/contact-lists/remove-contacts'
import { updateContactList } from '@/lib/resources/contact-lists/update'

export const contactLists = implement(contactListsContract, {
  list: (ctx, { query }) => listContactLists(ctx, query),
  create: (ctx, { body }) => createContactList(ctx, body),
  get: (ctx, { params }) => getContactList(ctx, params),
  update: (ctx, { params, body }) => updateContactList(ctx, { ...params, changes: body }),
  delete: (ctx, { params }) => deleteContactList(ctx, params),
  listContacts: (ctx, { params, query }) => listContactsOfList(ctx, { ...params, ...query }),
  addContacts: (ctx, { params, body }) => addContacts(ctx, { ...params, ...body }),
  removeContacts: (ctx, { params, body }) => removeContacts(ctx, { ...params, ...body }),
  addContact: (ctx, { params }) => addContact(ctx, params),
  removeContact: (ctx, { params }) => removeContact(ctx, params),
  listsOfContact: (ctx, { params, query }) => listsOfContact(ctx, { ...params, ...query }),
})
