import { implement } from '@/lib/kernel/rows/implement'
import { exclusionsContract } from '@/lib/resources/exclusions/contract'
import { createExclusion } from '@/lib/resources/exclusions/create'
import { deleteExclusion } from '@/lib/resources/exclusions/delete'
import { getExclusion } from '@/lib/resources/exclusions/get'
import { listExclusions } from '@/lib/resources/exclusions/list'

export const exclusions = implement(exclusionsContract, {
  list: (ctx, { query }) => listExclusions(ctx, query),
  create: (ctx, { body }) => createExclusion(ctx, body),
  get: (ctx, { params }) => getExclusion(ctx, params),
  delete: (ctx, { params }) => deleteExclusion(ctx, params),
})
