import { change } from '@/lib/kernel/rows/change'
import { create } from '@/lib/kernel/rows/create'
import { get } from '@/lib/kernel/rows/get'
import { implement } from '@/lib/kernel/rows/implement'
import { paged } from '@/lib/kernel/rows/paged'
import { remove } from '@/lib/kernel/rows/remove'
import { table } from '@/lib/kernel/rows/table'
import { leadRows, leadsContract } from '@/lib/resources/leads/contract'

const { operations } = leadsContract
const leads = table(leadRows)

export const listLeads = implement(operations.list, (ctx, { query }) => paged(ctx, leads, query))
export const createLead = implement(operations.create, (ctx, { body }) => create(ctx, leads, body))
export const getLead = implement(operations.get, (ctx, { params }) => get(ctx, leads, params))
export const updateLead = implement(operations.update, (ctx, { params, body }) => change(ctx, leads, params, body))
export const deleteLead = implement(operations.delete, (ctx, { params }) => remove(ctx, leads, params))
