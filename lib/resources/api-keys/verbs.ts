import { implement, serve, withDatabase } from '@/lib/kernel/rows/kit'
import { createKey } from '@/lib/keys/life/create'
import { deleteKey } from '@/lib/keys/life/delete'
import { reactivateKey } from '@/lib/keys/life/revocation/reactivate'
import { revokeKey } from '@/lib/keys/life/revocation/revoke'
import { rotateKey } from '@/lib/keys/life/rotate'
import { updateKey } from '@/lib/keys/life/update'
import { getKey } from '@/lib/keys/read/get'
import { listKeys } from '@/lib/keys/read/list'
import { apiKeysContract } from '@/lib/resources/api-keys/contract'

const { operations } = apiKeysContract

/** The verbs of the settings pages; a key as the actor is held to its own bounds by them. */
export const apiKeysApi = serve(apiKeysContract, [
  implement(operations.list, (ctx, { query }) => listKeys(ctx, query)),
  implement(operations.get, (ctx, { params }) => getKey(ctx, params)),
  implement(
    operations.create,
    withDatabase((ctx, { body }) =>
      createKey(ctx, { ...body, environment: body.environment ?? ctx.actor.environment }),
    ),
  ),
  implement(
    operations.update,
    withDatabase((ctx, { params, body }) =>
      updateKey(ctx, { ...params, changes: body, versions: ctx.request.if_match }),
    ),
  ),
  implement(
    operations.revoke,
    withDatabase((ctx, { params, body }) => revokeKey(ctx, { ...params, ...body })),
  ),
  implement(
    operations.reactivate,
    withDatabase((ctx, { params }) => reactivateKey(ctx, params)),
  ),
  implement(
    operations.rotate,
    withDatabase((ctx, { params, body }) => rotateKey(ctx, { ...params, ...body })),
  ),
  implement(
    operations.delete,
    withDatabase(async (ctx, { params }) => {
      await deleteKey(ctx, { ...params, versions: ctx.request.if_match })
      return undefined
    }),
  ),
])
