import * as r from '@/lib/contracts/rows/kit'

export const customerRows = r.defineRows({
  one: 'customer',
  fields: {
    id: r.shownAs(r.idKind().shown.meta({ description: 'Id of the contact.' })),
    email: r.kept(r.emailField()),
    first_name: r.kept(r.perhaps(r.prose(100))),
    last_name: r.kept(r.perhaps(r.prose(100))),
    company: r.kept(r.perhaps(r.prose(200))),
    ticket_count: r.kept(r.count('All tickets of the customer.')),
    open_ticket_count: r.kept(r.count('Those that are neither solved nor closed.')),
    last_contact_at: r.kept({
      ...r.moment(),
      shown: r.moment().shown.meta({
        description: 'When a ticket of theirs was created, or last had a public comment.',
      }),
    }),
  },
  filters: {
    email: r.equal(r.emailField()),
    last_contact_after: r.later('last_contact_at'),
    last_contact_before: r.earlier('last_contact_at'),
  },
  sorts: ['last_contact_at', 'open_ticket_count'],
})

const comes_with = '/tickets'

export const customersContract = r.defineResource({
  name: 'customers',
  presets: ['support-read'],
  description:
    'Contacts with tickets, under the ids of the contacts. One comes with a first ticket, and goes with the last.',
  actions: { read: 'Read customers' },
  rows: [customerRows],
  operations: {
    list: { ...r.listOf(customerRows, 'customers:read'), comes_with },
    get: {
      ...r.getOf(customerRows, 'customers:read'),
      description: 'Their tickets are those with this `customer_id`.',
    },
  },
})
