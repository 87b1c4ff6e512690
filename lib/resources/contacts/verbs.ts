import { change, create, get, implement, paged, remove, serve, sql, table } from '@/lib/kernel/rows/kit'
import { contactRows, contactsContract } from '@/lib/resources/contacts/contract'

const { operations } = contactsContract

const contacts = table(contactRows, {
  filters: {
    // In the order in which the column's index has it.
    company: (company) => sql`t.company COLLATE "C" = ${company}`,
  },
})

export const contactsApi = serve(contactsContract, [
  implement(operations.list, (ctx, { query }) => paged(ctx, contacts, query)),
  implement(operations.create, (ctx, { body }) => create(ctx, contacts, body)),
  implement(operations.get, (ctx, { params }) => get(ctx, contacts, params)),
  implement(operations.update, (ctx, { params, body }) => change(ctx, contacts, params, body)),
  implement(operations.delete, (ctx, { params }) => remove(ctx, contacts, params)),
])
