import { z } from 'zod'
import { id, instant } from '@/lib/contracts/fields'
import { defineResource } from '@/lib/contracts/rows/resource'
import { apiKey, revokeKeyInput } from '@/lib/keys/contract'

const environment = z.enum(['live', 'test'])

const me = z
  .object({
    id: id(),
    organization_id: id(),
    name: z.string(),
    key_prefix: z.string().meta({ description: 'The leading characters of the key; safe to show.' }),
    scopes: z.array(z.string()),
    created_at: instant(),
    last_used_at: instant()
      .nullable()
      .meta({ description: 'The last request before this one; null: this is the first.' }),
    environment,
    expires_at: instant().nullable(),
    allowed_ips: z.array(z.string()).meta({ description: 'Addresses and CIDR ranges; empty: any address.' }),
    rate_limit: z.int().meta({ description: 'Accepted calls per minute.' }),
  })
  .meta({ id: 'CallingKey' })

const testReply = z
  .object({
    success: z.literal(true),
    message: z.literal('API key is valid and working correctly'),
    key_name: z.string(),
    key_prefix: z.string(),
    scopes: z.array(z.string()),
    expires_at: instant().nullable(),
    organization_id: id(),
    authenticated_at: instant(),
  })
  .meta({ id: 'KeyTest' })

const revoked = apiKey
  .pick({
    id: true,
    key_prefix: true,
    status: true,
    revoked_at: true,
    revoked_reason: true,
    leaked: true,
  })
  .meta({ id: 'RevokedKey' })

/** What every good key may do, whatever its scopes: ask who it is, and end itself. */
export const meContract = defineResource({
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
    test: {
      method: 'get',
      path: '/test',
      scope: null,
      summary: 'Test the calling key',
      reply: { status: 200, schema: testReply, description: 'The key works.' },
    },
    testByPost: {
      method: 'post',
      path: '/test',
      scope: null,
      summary: 'Test the calling key by POST',
      reply: { status: 200, schema: testReply, description: 'The key works.' },
    },
  },
})
