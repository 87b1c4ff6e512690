import { z } from 'zod'
import { id, instant } from '@/lib/contracts/fields'
import * as r from '@/lib/contracts/rows/kit'
import { apiKey, revokeKeyInput } from '@/lib/keys/contract'

const me = r.named('CallingKey', {
  id: id(),
  organization_id: id(),
  name: z.string(),
  key_prefix: z.string().meta({ description: 'The leading characters of the key; safe to show.' }),
  scopes: z.array(z.string()),
  created_at: instant(),
  last_used_at: instant()
    .nullable()
    .meta({ description: 'The last request before this one; null: this is the first.' }),
  environment: z.enum(['live', 'test']),
  expires_at: instant().nullable(),
  allowed_ips: z.array(z.string()).meta({ description: 'Addresses and CIDR ranges; empty: any address.' }),
  rate_limit: z.int().meta({ description: 'Accepted calls per minute.' }),
})

const testReply = r.named('KeyTest', {
  success: z.literal(true),
  message: z.literal('API key is valid and working correctly'),
  key_name: z.string(),
  key_prefix: z.string(),
  scopes: z.array(z.string()),
  expires_at: instant().nullable(),
  organization_id: id(),
  authenticated_at: instant(),
})

const revoked = apiKey
  .pick({ id: true, key_prefix: true, status: true, revoked_at: true, revoked_reason: true, leaked: true })
  .meta({ id: 'RevokedKey' })

const test = {
  path: '/test',
  scope: null,
  reply: { status: 200, schema: testReply, description: 'The key works.' },
} as const

/** What every good key may do, whatever its scopes: ask who it is, and end itself. */
export const meContract = r.defineResource({
  name: 'me',
  title: 'The calling key',
  description: 'Any key that is good may ask who it is, and end itself.',
  actions: {},
  operations: {
    get: {
      method: 'get',
      path: '/me',
      scope: null,
      summary: 'Get the calling key',
      reply: { status: 200, schema: me, description: 'The identity and the permissions of the calling key.' },
    },
    revoke: {
      method: 'post',
      path: '/me/revoke',
      scope: null,
      summary: 'Revoke the calling key',
      description: 'For a key that got out: whoever has it can end it. Its next call is refused.',
      body: revokeKeyInput,
      reply: { status: 200, schema: revoked, description: 'The key, revoked.' },
    },
    test: { ...test, method: 'get', summary: 'Test the calling key' },
    testByPost: { ...test, method: 'post', summary: 'Test the calling key by POST' },
  },
})
