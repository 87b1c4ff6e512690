import { change, create, get, implement, paged, remove, serve, table } from '@/lib/kernel/rows/kit'
import { leadRows, leadsContract } from '@/lib/resources/leads/contract'

const { operations } = leadsContract
const leads = table(leadRows)

export const leadsApi = serve(leadsContract, [
  implement(operations.list, (ctx, { query }) => paged(ctx, leads, query)),
  implement(operations.create, (ctx, { body }) => create(ctx, leads, body)),
  implement(operations.get, (ctx, { params }) => get(ctx, leads, params)),
  implement(operations.update, (ctx, { params, body }) => change(ctx, leads, params, body)),
  implement(operations.delete, (ctx, { params }) => remove(ctx, leads, params)),
])
