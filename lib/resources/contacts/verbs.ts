import { change, create, get, implement, mentions, paged, remove, sql, table } from '@/lib/kernel/rows/kit'
import { contactRows, contactsContract } from '@/lib/resources/contacts/contract'

const { operations } = contactsContract

const contacts = table(contactRows, {
  filters: {
    // The name also stands in what is searched, so that the index finds the few rows to compare.
    company: (company) => sql`${mentions(company)} AND t.company = ${company}`,
  },
})

export const listContacts = implement(operations.list, (ctx, { query }) => paged(ctx, contacts, query))
export const createContact = implement(operations.create, (ctx, { body }) => create(ctx, contacts, body))
export const getContact = implement(operations.get, (ctx, { params }) => get(ctx, contacts, params))
export const updateContact = implement(operations.update, (ctx, { params, body }) =>
  change(ctx, contacts, params, body),
)
export const deleteContact = implement(operations.delete, (ctx, { params }) => remove(ctx, contacts, params))
