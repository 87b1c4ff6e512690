import { create } from '@/lib/kernel/rows/create'
import { get } from '@/lib/kernel/rows/get'
import { implement } from '@/lib/kernel/rows/implement'
import { paged } from '@/lib/kernel/rows/paged'
import { remove } from '@/lib/kernel/rows/remove'
import { beginsWith } from '@/lib/kernel/rows/search'
import { sql } from '@/lib/kernel/rows/sql'
import { table } from '@/lib/kernel/rows/table'
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
