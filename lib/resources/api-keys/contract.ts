import { z } from 'zod'
import { id } from '@/lib/contracts/fields'
import * as r from '@/lib/contracts/rows/kit'
import * as keys from '@/lib/keys/contract'

const newKey = r.named('NewApiKey', keys.keyShownOnce.shape)

const BOUNDS =
  'A key acts only within its own bounds: its environment, scopes, expiry, allowlist and rate limit. It never acts on itself.'

const ofKeys = { path: '/api_keys', scope: 'admin', errors: ['role_forbids'] } as const
const ofKey = { ...ofKeys, path: '/api_keys/{id}', params: z.object({ id: id() }) } as const
// The reply also shows the last use, which does not raise the version: its ETag is for If-Match, not for If-None-Match.

export const apiKeysContract = r.defineResource({
  name: 'api_keys',
  administration: true,
  title: 'API keys',
  description: 'The keys of the environment of the calling key. All of it needs the scope admin.',
  actions: {},
  audited: [
    'api_key.created',
    'api_key.updated',
    'api_key.rotated',
    'api_key.revoked',
    'api_key.reactivated',
    'api_key.deleted',
    'api_key.expiring',
  ],
  operations: {
    list: {
      ...ofKeys,
      method: 'get',
      summary: 'List API keys',
      query: keys.listKeysQuery,
      searches: ['q'],
      reply: { status: 200, schema: keys.keyPage, description: 'A page of keys, without the keys themselves.' },
    },
    create: {
      ...ofKeys,
      method: 'post',
      summary: 'Create an API key',
      description: BOUNDS,
      body: keys.createKeyByKeyInput,
      etag: true,
      reply: { status: 201, schema: newKey, description: 'The new key: the only reply that ever holds it.' },
      secret: 'key',
      errors: ['role_forbids', 'invalid_scope', 'key_limit_reached'],
    },
    get: {
      ...ofKey,
      method: 'get',
      summary: 'Get an API key',
      etag: true,
      reply: { status: 200, schema: keys.apiKey, description: 'The key, without the key itself.' },
    },
    update: {
      ...ofKey,
      method: 'patch',
      summary: 'Update an API key',
      description: `A JSON merge patch (RFC 7396): what is absent stays, null clears. ${BOUNDS}`,
      body: keys.updateKeyInput,
      preconditions: r.MATCH,
      etag: true,
      reply: { status: 200, schema: keys.apiKey, description: 'The key as it is now.' },
      errors: ['role_forbids', 'invalid_scope', 'key_state'],
    },
    revoke: {
      ...ofKey,
      method: 'post',
      path: '/api_keys/{id}/revoke',
      summary: 'Revoke an API key',
      description: 'It is refused from the moment of the reply. Wider keys than the calling one can be revoked too.',
      body: keys.revokeKeyInput,
      etag: true,
      reply: { status: 200, schema: keys.apiKey, description: 'The revoked key.' },
    },
    reactivate: {
      ...ofKey,
      method: 'post',
      path: '/api_keys/{id}/reactivate',
      before: 'revoke',
      summary: 'Reactivate an API key',
      description: BOUNDS,
      etag: true,
      reply: { status: 200, schema: keys.apiKey, description: 'The key, good again, with the expiry that it had.' },
      errors: ['role_forbids', 'key_state', 'key_limit_reached'],
    },
    rotate: {
      ...ofKey,
      method: 'post',
      path: '/api_keys/{id}/rotate',
      summary: 'Rotate an API key',
      description: `Makes a successor and lets the old key go on for the grace. ${BOUNDS}`,
      body: keys.rotateKeyInput,
      etag: true,
      reply: { status: 201, schema: newKey, description: 'The successor: the only reply that ever holds it.' },
      secret: 'key',
      errors: ['role_forbids', 'key_state', 'key_limit_reached'],
    },
    delete: {
      ...ofKey,
      method: 'delete',
      summary: 'Delete an API key',
      description: BOUNDS,
      preconditions: r.MATCH,
      reply: { status: 204, schema: null, description: 'The key is gone for good.' },
    },
  },
})
