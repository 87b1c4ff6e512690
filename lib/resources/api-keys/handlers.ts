import { createKey } from '@/lib/keys/create'
import { deleteKey } from '@/lib/keys/delete'
import { getKey } from '@/lib/keys/get'
import { listKeys } from '@/lib/keys/list'
import { reactivateKey } from '@/lib/keys/reactivate'
import { revokeKey } from '@/lib/keys/revoke'
import { rotateKey } from '@/lib/keys/rotate'
import { updateKey } from '@/lib/keys/update'
import { apiKeysContract } from '@/lib/resources/api-keys/contract'
import { implementAll } from '@/lib/resources/implement'

/** The verbs of the settings pages; a key as the actor is held to its own bounds by them. */
export const apiKeys = implementAll(apiKeysContract, {
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
