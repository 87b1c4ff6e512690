import { change, create, get, implement, paged, remove, table } from '@/lib/kernel/rows/kit'
import { leadRows, leadsContract } from '@/lib/resources/leads/contract'

const { operations } = leadsContract
const leads = table(leadRows)

export const listLeads = implement(operations.list, (ctx, { query }) => paged(ctx, leads, query))
export const createLead = implement(operations.create, (ctx, { body }) => create(ctx, leads, body))
export const getLead = implement(operations.get, (ctx, { params }) => get(ctx, leads, params))
export const updateLead = implement(operations.update, (ctx, { params, body }) => change(ctx, leads, params, body))
export const deleteLead = implement(operations.delete, (ctx, { params }) => remove(ctx, leads, params))
