import { addContact } from '@/lib/resources/contact-lists/add-contact'
import { addContacts } from '@/lib/resources/contact-lists/add-contacts'
import { contactListsContract } from '@/lib/resources/contact-lists/contract'
import { createList } from '@/lib/resources/contact-lists/create'
import { deleteList } from '@/lib/resources/contact-lists/delete'
import { getList } from '@/lib/resources/contact-lists/get'
import { listLists } from '@/lib/resources/contact-lists/list'
import { listContacts } from '@/lib/resources/contact-lists/list-contacts'
import { listsOfContact } from '@/lib/resources/contact-lists/lists-of-contact'
import { removeContact } from '@/lib/resources/contact-lists/remove-contact'
import { removeContacts } from '@/lib/resources/contact-lists/remove-contacts'
import { updateList } from '@/lib/resources/contact-lists/update'
import { implement } from '@/lib/kernel/rows/implement'

export const contactLists = implement(contactListsContract, {
  list: (ctx, { query }) => listLists(ctx, query),
  create: (ctx, { body }) => createList(ctx, body),
  get: (ctx, { params }) => getList(ctx, params),
  update: (ctx, { params, body }) => updateList(ctx, { ...params, changes: body }),
  delete: (ctx, { params }) => deleteList(ctx, params),
  listContacts: (ctx, { params, query }) => listContacts(ctx, { ...params, ...query }),
  addContacts: (ctx, { params, body }) => addContacts(ctx, { ...params, ...body }),
  removeContacts: (ctx, { params, body }) => removeContacts(ctx, { ...params, ...body }),
  addContact: (ctx, { params }) => addContact(ctx, params),
  removeContact: (ctx, { params }) => removeContact(ctx, params),
  listsOfContact: (ctx, { params, query }) => listsOfContact(ctx, { ...params, ...query }),
})
