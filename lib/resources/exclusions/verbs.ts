import { beginsWith, create, get, implement, paged, remove, sql, table } from '@/lib/kernel/rows/kit'
import { exclusionRows, exclusionsContract } from '@/lib/resources/exclusions/contract'

const { operations } = exclusionsContract

const exclusions = table(exclusionRows, {
  filters: {
    // The values are indexed behind their kind.
    q: (q) => sql`t.kind IN ('email', 'domain') AND ${beginsWith(q.toLowerCase(), sql`t.value`)}`,
  },
})

export const listExclusions = implement(operations.list, (ctx, { query }) => paged(ctx, exclusions, query))
export const createExclusion = implement(operations.create, (ctx, { body }) => create(ctx, exclusions, body))
export const getExclusion = implement(operations.get, (ctx, { params }) => get(ctx, exclusions, params))
export const deleteExclusion = implement(operations.delete, (ctx, { params }) => remove(ctx, exclusions, params))
