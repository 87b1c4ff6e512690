import { implement } from '@/lib/kernel/rows/implement'
import { leadsContract } from '@/lib/resources/leads/contract'
import { createLead } from '@/lib/resources/leads/create'
import { deleteLead } from '@/lib/resources/leads/delete'
import { getLead } from '@/lib/resources/leads/get'
import { listLeads } from '@/lib/resources/leads/list'
import { updateLead } from '@/lib/resources/leads/update'

export const leads = implement(leadsContract, {
  list: (ctx, { query }) => listLeads(ctx, query),
  create: (ctx, { body }) => createLead(ctx, body),
  get: (ctx, { params }) => getLead(ctx, params),
  update: (ctx, { params, body }) => updateLead(ctx, { ...params, changes: body }),
  delete: (ctx, { params }) => deleteLead(ctx, params),
})
