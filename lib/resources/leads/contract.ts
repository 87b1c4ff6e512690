import { email as emailText } from '@/lib/contracts/fields'
import { defineRows } from '@/lib/contracts/rows/define'
import {
  choice,
  custom,
  emailField,
  idField,
  initially,
  kept,
  moment,
  optional,
  prose,
  required,
} from '@/lib/contracts/rows/field'
import { equal, later, mentioning } from '@/lib/contracts/rows/filter'
import { createOf, getOf, listOf, patchOf, removeOf } from '@/lib/contracts/rows/operations'
import { defineResource } from '@/lib/contracts/rows/resource'

const status = choice(['new', 'contacted', 'qualified', 'disqualified', 'converted'])

export const leadRows = defineRows({
  table: 'leads',
  schema: 'Lead',
  one: 'lead',
  many: 'leads',
  fields: {
    id: idField(),
    email: required(emailField(), { example: 'ada@example.com' }),
    first_name: optional(prose(100), { example: 'Ada' }),
    last_name: optional(prose(100), { example: 'Lovelace' }),
    company: optional(prose(200), { example: 'Analytical Engines' }),
    title: optional(prose(200), { example: 'Mathematician' }),
    phone: optional(prose(50), { example: '+44 20 7946 0000' }),
    source: optional(prose(100), { example: 'website' }),
    status: initially(status, 'new', { example: 'new' }),
    notes: optional(prose(10_000), { example: 'Met at the fair.' }),
    custom_fields: custom({ example: { employees: 12 } }),
    created_at: kept(moment()),
    updated_at: kept(moment()),
  },
  filters: {
    status: equal(status.input),
    email: equal(emailText()),
    q: mentioning('Part of a name, an email or a company.'),
    created_after: later('created_at'),
  },
  sorts: ['created_at', 'updated_at', 'email'],
  sort: '-created_at',
  activities: { subject: 'lead', create: 'lead.created', change: 'lead.updated', remove: 'lead.deleted' },
})

const at = '/leads'

export const leadsContract = defineResource({
  name: 'leads',
  title: 'Leads',
  description: 'People who may become customers.',
  actions: { read: 'Read leads', create: 'Create leads', update: 'Update leads', delete: 'Delete leads' },
  rows: [leadRows],
  operations: {
    list: listOf(leadRows, { at, scope: 'leads:read' }),
    create: createOf(leadRows, { at, scope: 'leads:create' }),
    get: getOf(leadRows, { at, scope: 'leads:read' }),
    update: patchOf(leadRows, { at, scope: 'leads:update' }),
    delete: removeOf(leadRows, { at, scope: 'leads:delete' }),
  },
})
