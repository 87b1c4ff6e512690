import { implement } from '@/lib/kernel/rows/implement'
import { createKey } from '@/lib/keys/life/create'
import { deleteKey } from '@/lib/keys/life/delete'
import { reactivateKey } from '@/lib/keys/life/reactivate'
import { revokeKey } from '@/lib/keys/life/revoke'
import { rotateKey } from '@/lib/keys/life/rotate'
import { updateKey } from '@/lib/keys/life/update'
import { getKey } from '@/lib/keys/read/get'
import { listKeys } from '@/lib/keys/read/list'
import { apiKeysContract } from '@/lib/resources/api-keys/contract'

/** The verbs of the settings pages; a key as the actor is held to its own bounds by them. */
export const apiKeys = implement(apiKeysContract, {
  list: (ctx, { query }) => listKeys(ctx, query),
  create: (ctx, { body }) => createKey(ctx, { ...body, environment: body.environment ?? ctx.actor.environment }),
  get: (ctx, { params }) => getKey(ctx, params),
  update: (ctx, { params, body }) => updateKey(ctx, { ...params, changes: body }),
  revoke: (ctx, { params, body }) => revokeKey(ctx, { ...params, ...body }),
  reactivate: (ctx, { params }) => reactivateKey(ctx, params),
  rotate: (ctx, { params, body }) => rotateKey(ctx, { ...params, ...body }),
  delete: async (ctx, { params }) => {
    await deleteKey(ctx, params)
    return undefined
  },
})
