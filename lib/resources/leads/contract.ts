import * as r from '@/lib/contracts/rows/kit'
import { personAtWork, personFilters, personName, personSorts } from '@/lib/contracts/rows/person'

const status = r.choice(['new', 'contacted', 'qualified', 'disqualified', 'converted'])

export const leadRows = r.defineRows({
  one: 'lead',
  fields: {
    id: r.idField(),
    ...personName,
    ...personAtWork,
    source: r.optional(r.prose(100), { example: 'website' }),
    status: r.initially(status, 'new', { example: 'new' }),
    notes: r.optional(r.prose(10_000), { example: 'Met at the fair.' }),
    custom_fields: r.custom({ example: { employees: 12 } }),
    ...r.stamps(),
  },
  filters: { status: r.equal(status), ...personFilters },
  sorts: personSorts,
  activities: r.lifeOf('lead'),
})

export const leadsContract = r.defineResource({
  name: 'leads',
  description: 'People who may become customers.',
  actions: { read: 'Read leads', create: 'Create leads', update: 'Update leads', delete: 'Delete leads' },
  rows: [leadRows],
  operations: {
    list: r.listOf(leadRows, 'leads:read'),
    create: r.createOf(leadRows, 'leads:create'),
    get: r.getOf(leadRows, 'leads:read'),
    update: r.patchOf(leadRows, 'leads:update'),
    delete: r.removeOf(leadRows, 'leads:delete'),
  },
})
