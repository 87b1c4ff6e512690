import { text } from '@/lib/contracts/fields'
import * as r from '@/lib/contracts/rows/kit'
import { personAtWork, personFilters, personName, personSorts } from '@/lib/contracts/rows/person'

export const contactRows = r.defineRows({
  one: 'contact',
  fields: {
    id: r.idField(),
    ...personName,
    domain: r.optional(r.domain(), { example: 'example.com', description: "The company's domain." }),
    ...personAtWork,
    linkedin_url: r.optional(r.linkedin(), { example: 'https://www.linkedin.com/in/ada' }),
    custom_fields: r.custom({ example: { employees: 12 } }),
    ...r.stamps(),
  },
  filters: {
    ...personFilters,
    company: r.ownFilter(
      text(200).min(1).normalize().optional().meta({ description: 'The whole name of the company.' }),
    ),
    domain: r.equal(r.domain()),
  },
  sorts: personSorts,
  unique: [{ columns: ['email'], told: 'A contact with this email exists. Update that one instead.' }],
  activities: { ...r.lifeOf('contact'), contact: 'id' },
})

export const contactsContract = r.defineResource({
  name: 'contacts',
  description: 'People that you are in touch with. An email address is one contact, in whatever case it is written.',
  actions: { read: 'Read contacts', write: 'Create and update contacts', delete: 'Delete contacts' },
  rows: [contactRows],
  operations: {
    list: r.listOf(contactRows, 'contacts:read'),
    create: r.createOf(contactRows, 'contacts:write'),
    get: r.getOf(contactRows, 'contacts:read'),
    update: r.patchOf(contactRows, 'contacts:write'),
    delete: {
      ...r.removeOf(contactRows, 'contacts:delete'),
      description: 'Takes the contact off every list and out of every sequence. Its tasks stay, without the contact.',
    },
  },
})
