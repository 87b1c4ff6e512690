import { implement } from '@/lib/kernel/rows/implement'
import { contactsContract } from '@/lib/resources/contacts/contract'
import { createContact } from '@/lib/resources/contacts/create'
import { deleteContact } from '@/lib/resources/contacts/delete'
import { getContact } from '@/lib/resources/contacts/get'
import { listContacts } from '@/lib/resources/contacts/list'
import { updateContact } from '@/lib/resources/contacts/update'

export const contacts = implement(contactsContract, {
  list: (ctx, { query }) => listContacts(ctx, query),
  create: (ctx, { body }) => createContact(ctx, body),
  get: (ctx, { params }) => getContact(ctx, params),
  update: (ctx, { params, body }) => updateContact(ctx, { ...params, changes: body }),
  delete: (ctx, { params }) => deleteContact(ctx, params),
})
