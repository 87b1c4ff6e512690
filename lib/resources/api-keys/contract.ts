import { z } from 'zod'
import { id } from '@/lib/contracts/fields'
import type { Precondition } from '@/lib/contracts/operation'
import * as r from '@/lib/contracts/rows/kit'
import {
  apiKey,
  createdKey,
  createKeyByKeyInput,
  keyPage,
  listKeysQuery,
  revokeKeyInput,
  rotateKeyInput,
  updateKeyInput,
} from '@/lib/keys/contract'

const newKey = createdKey
  .extend({
    key: z.string().nullable().meta({
      description: 'The key itself, this once. Null when the answer is repeated for an Idempotency-Key.',
    }),
  })
  .meta({ id: 'NewApiKey' })

const BOUNDS =
  'A key acts only within its own bounds: its environment, scopes, expiry, allowlist and rate limit. It never acts on itself.'

// A reply also shows the last use, which does not raise the version: none of them is one that a caller may keep.
const MATCH: readonly Precondition[] = ['If-Match']

const admin = { scope: 'admin', etag: true } as const
const ofKey = { ...admin, params: z.object({ id: id() }) }

export const apiKeysContract = r.defineResource({
  name: 'api_keys',
  administration: true,
  title: 'API keys',
  description: 'The keys of the environment of the calling key. All of it needs the scope admin.',
  actions: {},
  operations: {
    list: {
      scope: 'admin',
      method: 'get',
      path: '/api_keys',
      summary: 'List API keys',
      query: listKeysQuery,
      reply: { status: 200, schema: keyPage, description: 'A page of keys, without the keys themselves.' },
      errors: ['role_forbids'],
    },
    create: {
      ...admin,
      method: 'post',
      path: '/api_keys',
      summary: 'Create an API key',
      description: BOUNDS,
      body: createKeyByKeyInput,
      reply: { status: 201, schema: newKey, description: 'The new key: the only reply that ever holds it.' },
      secret: 'key',
      errors: ['role_forbids', 'invalid_scope', 'key_limit_reached'],
    },
    get: {
      ...ofKey,
      method: 'get',
      path: '/api_keys/{id}',
      summary: 'Get an API key',
      reply: { status: 200, schema: apiKey, description: 'The key, without the key itself.' },
      errors: ['role_forbids'],
    },
    update: {
      ...ofKey,
      method: 'patch',
      path: '/api_keys/{id}',
      summary: 'Update an API key',
      description: `A JSON merge patch (RFC 7396): what is absent stays, null clears. ${BOUNDS}`,
      body: updateKeyInput,
      preconditions: MATCH,
      reply: { status: 200, schema: apiKey, description: 'The key as it is now.' },
      errors: ['role_forbids', 'invalid_scope', 'key_state'],
    },
    revoke: {
      ...ofKey,
      method: 'post',
      path: '/api_keys/{id}/revoke',
      summary: 'Revoke an API key',
      description: 'It is refused from the moment of the reply. Wider keys than the calling one can be revoked too.',
      body: revokeKeyInput,
      reply: { status: 200, schema: apiKey, description: 'The revoked key.' },
      errors: ['role_forbids'],
    },
    reactivate: {
      ...ofKey,
      method: 'post',
      path: '/api_keys/{id}/reactivate',
      summary: 'Reactivate an API key',
      description: BOUNDS,
      reply: { status: 200, schema: apiKey, description: 'The key, good again, with the expiry that it had.' },
      errors: ['role_forbids', 'key_state', 'key_limit_reached'],
    },
    rotate: {
      ...ofKey,
      method: 'post',
      path: '/api_keys/{id}/rotate',
      summary: 'Rotate an API key',
      description: `Makes a successor and lets the old key go on for the grace. ${BOUNDS}`,
      body: rotateKeyInput,
      reply: { status: 201, schema: newKey, description: 'The successor: the only reply that ever holds it.' },
      secret: 'key',
      errors: ['role_forbids', 'key_state', 'key_limit_reached'],
    },
    delete: {
      scope: 'admin',
      params: ofKey.params,
      method: 'delete',
      path: '/api_keys/{id}',
      summary: 'Delete an API key',
      description: BOUNDS,
      preconditions: MATCH,
      reply: { status: 204, schema: null, description: 'The key is gone for good.' },
      errors: ['role_forbids'],
    },
  },
})
