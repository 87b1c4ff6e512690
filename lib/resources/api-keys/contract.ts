import { z } from 'zod'
import { id } from '@/lib/contracts/fields'
import type { Precondition } from '@/lib/contracts/operation'
import { defineResource } from '@/lib/contracts/rows/resource'
import {
  apiKey,
  createKeyByKeyInput,
  keyPage,
  keyShownOnce,
  listKeysQuery,
  revokeKeyInput,
  rotateKeyInput,
  updateKeyInput,
} from '@/lib/keys/contract'

const params = z.object({ id: id() })

const newKey = keyShownOnce.meta({ id: 'NewApiKey' })

const BOUNDS =
  'A key acts only within its own bounds: its environment, scopes, expiry, allowlist and rate limit. It never acts on itself.'

// A reply also shows the last use, which does not raise the version: none of them is one that a caller may keep.
const MATCH: readonly Precondition[] = ['If-Match']

export const apiKeysContract = defineResource({
  name: 'api_keys',
  administration: true,
  title: 'API keys',
  description: 'The keys of the environment of the calling key. All of it needs the scope admin.',
  actions: {},
  operations: {
    list: {
      method: 'get',
      path: '/api_keys',
      scope: 'admin',
      summary: 'List API keys',
      query: listKeysQuery,
      reply: { status: 200, schema: keyPage, description: 'A page of keys, without the keys themselves.' },
      errors: ['role_forbids'],
    },
    create: {
      method: 'post',
      path: '/api_keys',
      scope: 'admin',
      summary: 'Create an API key',
      description: BOUNDS,
      body: createKeyByKeyInput,
      reply: { status: 201, schema: newKey, description: 'The new key: the only reply that ever holds it.' },
      etag: true,
      secret: 'key',
      errors: ['role_forbids', 'invalid_scope', 'key_limit_reached'],
    },
    get: {
      method: 'get',
      path: '/api_keys/{id}',
      scope: 'admin',
      summary: 'Get an API key',
      params,
      etag: true,
      reply: { status: 200, schema: apiKey, description: 'The key, without the key itself.' },
      errors: ['role_forbids'],
    },
    update: {
      method: 'patch',
      path: '/api_keys/{id}',
      scope: 'admin',
      summary: 'Update an API key',
      description: `A JSON merge patch (RFC 7396): what is absent stays, null clears. ${BOUNDS}`,
      params,
      body: updateKeyInput,
      etag: true,
      preconditions: MATCH,
      reply: { status: 200, schema: apiKey, description: 'The key as it is now.' },
      errors: ['role_forbids', 'invalid_scope', 'key_state'],
    },
    revoke: {
      method: 'post',
      path: '/api_keys/{id}/revoke',
      scope: 'admin',
      summary: 'Revoke an API key',
      description: 'It is refused from the moment of the reply. Wider keys than the calling one can be revoked too.',
      params,
      body: revokeKeyInput,
      etag: true,
      reply: { status: 200, schema: apiKey, description: 'The revoked key.' },
      errors: ['role_forbids'],
    },
    reactivate: {
      method: 'post',
      path: '/api_keys/{id}/reactivate',
      scope: 'admin',
      summary: 'Reactivate an API key',
      description: BOUNDS,
      params,
      etag: true,
      reply: { status: 200, schema: apiKey, description: 'The key, good again, with the expiry that it had.' },
      errors: ['role_forbids', 'key_state', 'key_limit_reached'],
    },
    rotate: {
      method: 'post',
      path: '/api_keys/{id}/rotate',
      scope: 'admin',
      summary: 'Rotate an API key',
      description: `Makes a successor and lets the old key go on for the grace. ${BOUNDS}`,
      params,
      body: rotateKeyInput,
      reply: { status: 201, schema: newKey, description: 'The successor: the only reply that ever holds it.' },
      etag: true,
      secret: 'key',
      errors: ['role_forbids', 'key_state', 'key_limit_reached'],
    },
    delete: {
      method: 'delete',
      path: '/api_keys/{id}',
      scope: 'admin',
      summary: 'Delete an API key',
      description: BOUNDS,
      params,
      preconditions: MATCH,
      reply: { status: 204, schema: null, description: 'The key is gone for good.' },
      errors: ['role_forbids'],
    },
  },
})
