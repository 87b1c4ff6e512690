import { email as emailText, text } from '@/lib/contracts/fields'
import { hostName } from '@/lib/contracts/host-name'
import { defineRows } from '@/lib/contracts/rows/define'
import {
  custom,
  domain,
  emailField,
  idField,
  kept,
  linkedin,
  moment,
  optional,
  prose,
  required,
} from '@/lib/contracts/rows/field'
import { equal, later, mentioning, ownFilter } from '@/lib/contracts/rows/filter'
import { createOf, getOf, listOf, patchOf, removeOf } from '@/lib/contracts/rows/operations'
import { defineResource } from '@/lib/contracts/rows/resource'

export const contactRows = defineRows({
  table: 'contacts',
  schema: 'Contact',
  one: 'contact',
  many: 'contacts',
  fields: {
    id: idField(),
    email: required(emailField(), { example: 'ada@example.com' }),
    first_name: optional(prose(100), { example: 'Ada' }),
    last_name: optional(prose(100), { example: 'Lovelace' }),
    company: optional(prose(200), { example: 'Analytical Engines' }),
    domain: optional(domain(), { example: 'example.com', description: "The company's domain." }),
    title: optional(prose(200), { example: 'Mathematician' }),
    phone: optional(prose(50), { example: '+44 20 7946 0000' }),
    linkedin_url: optional(linkedin(), { example: 'https://www.linkedin.com/in/ada' }),
    custom_fields: custom({ example: { employees: 12 } }),
    created_at: kept(moment()),
    updated_at: kept(moment()),
  },
  filters: {
    email: equal(emailText()),
    company: ownFilter(text(200).min(1).normalize().optional().meta({ description: 'The whole name of the company.' })),
    domain: equal(hostName()),
    q: mentioning('Part of a name, an email or a company.'),
    created_after: later('created_at'),
  },
  sorts: ['created_at', 'updated_at', 'email'],
  sort: '-created_at',
  unique: [{ columns: ['email'], told: 'A contact with this email exists. Update that one instead.' }],
  activities: {
    subject: 'contact',
    contact: 'id',
    create: 'contact.created',
    change: 'contact.updated',
    remove: 'contact.deleted',
  },
})

const at = '/contacts'

export const contactsContract = defineResource({
  name: 'contacts',
  title: 'Contacts',
  description: 'People that you are in touch with. An email address is one contact, in whatever case it is written.',
  actions: { read: 'Read contacts', write: 'Create and update contacts', delete: 'Delete contacts' },
  rows: [contactRows],
  operations: {
    list: listOf(contactRows, { at, scope: 'contacts:read' }),
    create: createOf(contactRows, { at, scope: 'contacts:write' }),
    get: getOf(contactRows, { at, scope: 'contacts:read' }),
    update: patchOf(contactRows, { at, scope: 'contacts:write' }),
    delete: {
      ...removeOf(contactRows, { at, scope: 'contacts:delete' }),
      description: 'Takes the contact off every list and out of every sequence. Its tasks stay, without the contact.',
    },
  },
})
