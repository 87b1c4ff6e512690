import { begins, create, get, implement, paged, remove, serve, sql, table } from '@/lib/kernel/rows/kit'
import { exclusionRows, exclusionsContract } from '@/lib/resources/exclusions/contract'

const { operations } = exclusionsContract

const exclusions = table(exclusionRows, {
  filters: {
    // The values are indexed behind their kind.
    q: (q) => begins(q.toLowerCase(), sql`t.value`, sql`t.kind IN ('email', 'domain')`),
  },
})

export const exclusionsApi = serve(exclusionsContract, [
  implement(operations.list, (ctx, { query }) => paged(ctx, exclusions, query)),
  implement(operations.create, (ctx, { body }) => create(ctx, exclusions, body)),
  implement(operations.get, (ctx, { params }) => get(ctx, exclusions, params)),
  implement(operations.delete, (ctx, { params }) => remove(ctx, exclusions, params)),
])
