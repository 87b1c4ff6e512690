import { route } from '@/lib/http/dashboard/route'
import { shownOnce } from '@/lib/http/dashboard/shown-once'
import { auditPage, historyQuery } from '@/lib/kernel/audit/contract'
import {
  apiKey,
  createdKey,
  createKeyInput,
  editKeyInput,
  keyConcerns,
  keyShownOnce,
  mintPlaygroundKeyInput,
  revokedKeys,
  revokeKeyInput,
  revokeKeysInput,
  rotateKeyInput,
  searchedKeys,
  searchKeysQuery,
} from '@/lib/keys/contract'
import { createKey } from '@/lib/keys/life/create'
import { deleteKey } from '@/lib/keys/life/delete'
import { leakedKeys } from '@/lib/keys/life/leaks/contract'
import { noteLeak } from '@/lib/keys/life/leaks/note'
import { mintPlaygroundKey } from '@/lib/keys/life/playground/mint'
import { reactivateKey } from '@/lib/keys/life/revocation/reactivate'
import { revokeKey } from '@/lib/keys/life/revocation/revoke'
import { revokeKeys } from '@/lib/keys/life/revocation/revoke-many'
import { rotateKey } from '@/lib/keys/life/rotate'
import { updateKey } from '@/lib/keys/life/update'
import { countConcerns } from '@/lib/keys/read/count-concerns'
import { getKey } from '@/lib/keys/read/get'
import { keyHistory } from '@/lib/keys/read/history'
import { listLeaks } from '@/lib/keys/read/list-leaks'
import { searchKeys } from '@/lib/keys/read/search'
import { usageOfKey } from '@/lib/keys/read/usage-of-key'
import { keyUsage } from '@/lib/keys/usage/contract'

const KEYS = '/orgs/:org/keys'
const KEY = '/orgs/:org/keys/:id'
const names = 'API key'

/** `/orgs/:org/keys`: the settings pages' way to the key verbs. */
export const keyRoutes = [
  route(
    {
      method: 'get',
      path: KEYS,
      role: 'see_keys',
      query: searchKeysQuery,
      searches: ['q'],
      reply: { status: 200, schema: searchedKeys },
    },
    (ctx, { query }) => searchKeys(ctx, query),
  ),
  route(
    {
      method: 'post',
      path: KEYS,
      role: 'create_keys',
      proof: 'to_widen',
      body: createKeyInput,
      reply: { status: 201, schema: keyShownOnce },
    },
    (ctx, { body, idempotent }) => shownOnce(ctx, idempotent, (within) => createKey(within, body)),
  ),
  route(
    {
      method: 'post',
      path: `${KEYS}/playground`,
      role: 'create_keys',
      proof: 'never',
      body: mintPlaygroundKeyInput,
      reply: { status: 201, schema: createdKey },
    },
    (ctx, { body }) => mintPlaygroundKey(ctx, body),
  ),
  // Before `/:id`, which would take its calls.
  route(
    { method: 'get', path: `${KEYS}/concerns`, role: 'see_keys', reply: { status: 200, schema: keyConcerns } },
    (ctx) => countConcerns(ctx),
  ),
  route({ method: 'get', path: `${KEYS}/leaks`, role: 'see_keys', reply: { status: 200, schema: leakedKeys } }, (ctx) =>
    listLeaks(ctx),
  ),
  route(
    {
      method: 'post',
      path: `${KEYS}/revoke`,
      role: 'manage_keys',
      proof: 'never',
      body: revokeKeysInput,
      reply: { status: 200, schema: revokedKeys },
    },
    (ctx, { body }) => revokeKeys(ctx, body),
  ),
  route(
    { method: 'get', path: KEY, role: 'see_keys', names, reply: { status: 200, schema: apiKey } },
    (ctx, { params: { id } }) => getKey(ctx, { id }),
  ),
  route(
    { method: 'get', path: `${KEY}/usage`, role: 'see_keys', names, reply: { status: 200, schema: keyUsage } },
    (ctx, { params: { id } }) => usageOfKey(ctx, { id }),
  ),
  route(
    {
      method: 'get',
      path: `${KEY}/history`,
      role: 'see_keys',
      names,
      query: historyQuery,
      reply: { status: 200, schema: auditPage },
    },
    (ctx, { params: { id }, query }) => keyHistory(ctx, { id, ...query }),
  ),
  route(
    {
      method: 'patch',
      path: KEY,
      role: 'manage_keys',
      proof: 'to_widen',
      names,
      body: editKeyInput,
      reply: { status: 200, schema: apiKey },
    },
    (ctx, { params: { id }, body: { seen, ...changes } }) => updateKey(ctx, { id, changes, seen }),
  ),
  route(
    {
      method: 'delete',
      path: KEY,
      role: 'manage_keys',
      proof: 'to_delete',
      names,
      reply: { status: 204, schema: null },
    },
    (ctx, { params: { id } }) => deleteKey(ctx, { id }),
  ),
  route(
    {
      method: 'post',
      path: `${KEY}/revoke`,
      role: 'manage_keys',
      proof: 'never',
      names,
      body: revokeKeyInput,
      reply: { status: 200, schema: apiKey },
    },
    (ctx, { params: { id }, body }) => revokeKey(ctx, { id, ...body }),
  ),
  route(
    {
      method: 'post',
      path: `${KEY}/leak/note`,
      role: 'manage_keys',
      proof: 'never',
      names,
      reply: { status: 204, schema: null },
    },
    (ctx, { params: { id } }) => noteLeak(ctx, { id }),
  ),
  route(
    {
      method: 'post',
      path: `${KEY}/reactivate`,
      role: 'manage_keys',
      proof: 'to_widen',
      names,
      reply: { status: 200, schema: apiKey },
    },
    (ctx, { params: { id } }) => reactivateKey(ctx, { id }),
  ),
  route(
    {
      method: 'post',
      path: `${KEY}/rotate`,
      role: 'manage_keys',
      proof: 'to_widen',
      names,
      body: rotateKeyInput,
      reply: { status: 201, schema: keyShownOnce },
    },
    (ctx, { params: { id }, body, idempotent }) =>
      shownOnce(ctx, idempotent, (within) => rotateKey(within, { id, ...body })),
  ),
]
