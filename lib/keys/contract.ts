import { z } from 'zod'
import { normalizeAllowedAddress } from '@/lib/contracts/addresses/allowed-address'
import { allowsEveryAddress, EVERY_ADDRESS } from '@/lib/contracts/addresses/every-address'
import { id, instant, label, text } from '@/lib/contracts/fields'
import { KEY_CONCERNS, KEY_ENVIRONMENTS, KEY_STATUSES } from '@/lib/contracts/key-terms'
import { pageOf, pageQuery, sortQuery } from '@/lib/contracts/page'
import { callsByDay } from '@/lib/keys/usage/contract'

/** Browser-safe: the dialogs, both APIs and the CLI check a key's fields by these schemas. */

/** One year: no key lives longer. */
export const MAX_LIFETIME_HOURS = 8_760
/** The lifetime of every key that a Read-Only Admin makes. */
export const READ_ONLY_ADMIN_LIFETIME_HOURS = 72
export const MAX_ALLOWED_ADDRESSES = 100
/** What every key that the docs' playground mints is called. The column `playground` tells them, not the name. */
export const PLAYGROUND_KEY_NAME = 'Docs playground (temp)'
export const PLAYGROUND_LIFETIME_HOURS = 1
/** Playground keys of one person in one organisation that are in use at the same time. */
export const MAX_PLAYGROUND_KEYS = 5
/** How long a playground key is still listed after its end. */
export const PLAYGROUND_KEPT_HOURS = 24
/** How long a rotated key may go on, in hours. */
export const GRACE_HOURS = [0, 1, 24, 168] as const

export const keyEnvironment = z.enum(KEY_ENVIRONMENTS)
export const keyStatus = z.enum(KEY_STATUSES)

/** An address or a CIDR range, in the form in which it is kept. */
const allowedAddress = z.string().transform((value, issues) => {
  const result = normalizeAllowedAddress(value)
  if ('problem' in result) {
    issues.addIssue({ code: 'custom', message: result.problem })
    return z.NEVER
  }
  return result.address
})

/** Addresses and ranges, each once; together they leave some out. */
export const allowedAddresses = (tooMany: string) =>
  z
    .array(allowedAddress)
    .max(MAX_ALLOWED_ADDRESSES, tooMany)
    .transform((addresses) => [...new Set(addresses)])
    .refine((addresses) => !allowsEveryAddress(addresses), EVERY_ADDRESS)

const fields = {
  name: label(100).meta({ description: 'A label for people.', example: 'crm-sync-production' }),
  description: text(500).nullable().optional().meta({ example: 'Syncs contacts every night.' }),
  scopes: z
    .array(z.string().max(100))
    .max(200)
    .meta({ description: 'Empty: only /me and /test.', example: ['contacts:read'] }),
  allowed_ips: allowedAddresses(`At most ${MAX_ALLOWED_ADDRESSES} addresses.`).meta({
    description: 'Addresses and CIDR ranges; empty: any address.',
    example: ['203.0.113.50'],
  }),
  rate_limit: z
    .int()
    .min(1, 'At least 1.')
    .max(1_000_000_000)
    .nullable()
    .optional()
    .meta({ description: "Calls per minute; lowers the organisation's limit, never raises it.", example: 60 }),
}

const expiry = {
  expires_at: instant().nullable().optional().meta({ description: 'At most 8760 hours ahead; never editable.' }),
  expires_in_hours: z
    .int()
    .min(1, 'At least 1 hour.')
    .max(MAX_LIFETIME_HOURS, `At most ${MAX_LIFETIME_HOURS} hours (1 year).`)
    .optional()
    .meta({ description: 'Instead of `expires_at`: hours from now.' }),
}

const oneExpiry = (input: { expires_at?: unknown; expires_in_hours?: unknown }) =>
  !(input.expires_at && input.expires_in_hours)
const ONE_EXPIRY = { path: ['expires_at'], message: 'Send expires_at or expires_in_hours, not both.' }

const newKey = { ...fields, allowed_ips: fields.allowed_ips.default([]), ...expiry }

export const createKeyInput = z.strictObject({ ...newKey, environment: keyEnvironment }).refine(oneExpiry, ONE_EXPIRY)

/** Of a key that makes another: the environment is its own, whether it says so or not. */
export const createKeyByKeyInput = z
  .strictObject({
    ...newKey,
    environment: keyEnvironment.optional().meta({ description: 'That of the calling key, and no other.' }),
  })
  .refine(oneExpiry, ONE_EXPIRY)

/** A merge patch. The environment and the expiry are not among the fields: they never change. */
export const updateKeyInput = z.strictObject(fields).partial()

/** From the settings pages: `seen` are the fields as the page showed them when the editing began. */
export const editKeyInput = updateKeyInput.extend({ seen: updateKeyInput.optional() })

export const rotateKeyInput = z
  .strictObject({
    grace_hours: z
      .union(
        GRACE_HOURS.map((hours) => z.literal(hours)),
        `One of ${GRACE_HOURS.join(', ')}.`,
      )
      .meta({ description: 'How long the old key goes on, in hours.', example: 24 }),
    ...expiry,
  })
  .refine(oneExpiry, ONE_EXPIRY)

export const revokeKeyInput = z.strictObject({
  reason: text(500).nullable().optional().meta({ example: 'The laptop was lost.' }),
  leaked: z
    .boolean()
    .default(false)
    .meta({ description: 'The key got out: it can never be reactivated.', example: false }),
})

/** A playground key is asked for by the page that it is for; what it opens follows from that and from the role. */
export const mintPlaygroundKeyInput = z.strictObject({
  resource: z.string().max(100).meta({ description: 'The resource whose operations are tried.', example: 'contacts' }),
})

export const listKeysQuery = z.strictObject({
  ...pageQuery,
  q: text(100).min(1).optional().meta({ description: 'Part of the name, or the start of the prefix.' }),
  status: keyStatus.optional(),
  environment: keyEnvironment.optional(),
  sort: sortQuery(['created_at', 'name'], '-created_at'),
})

export const keyConcern = z.enum(KEY_CONCERNS)

/** The list as the settings pages ask for it. */
export const searchKeysQuery = listKeysQuery.extend({ concern: keyConcern.optional() })

/** The keys in use, oldest first, among which concerns are counted. */
export const MOST_LOOKED_AT = 1_000

/** How many keys each concern is true of. */
export const keyConcerns = z.object({
  counts: z.record(keyConcern, z.int()),
  /** Null: all keys in use were looked at; else so many of them, the oldest. */
  among: z.int().nullable(),
})

/** A key as it is shown: everything but the key itself. */
export const apiKey = z
  .object({
    id: id(),
    organization_id: id(),
    environment: keyEnvironment,
    name: z.string(),
    description: z.string().nullable(),
    key_prefix: z.string(),
    scopes: z.array(z.string()),
    allowed_ips: z.array(z.string()),
    rate_limit: z.int().nullable(),
    status: keyStatus,
    created_by: z.object({ id: id(), name: z.string(), email: z.string() }).nullable(),
    created_with: z
      .string()
      .nullable()
      .meta({ description: 'Where no person made it: `CLI`, or the prefix of the key that did.' }),
    created_at: instant(),
    updated_at: instant(),
    expires_at: instant().nullable(),
    last_used_at: instant().nullable(),
    last_used_address: z.string().nullable(),
    last_used_agent: z.string().nullable(),
    rotated_at: instant().nullable(),
    retires_at: instant().nullable(),
    successor_id: id().nullable(),
    revoked_at: instant().nullable(),
    revoked_reason: z.string().nullable(),
    leaked: z.boolean(),
    playground: z.boolean().meta({ description: 'Minted in the docs: for the sandbox, and for one hour.' }),
  })
  .meta({ id: 'ApiKey' })

/** The reply to a creation or a rotation, the only one that ever holds the key. */
export const createdKey = apiKey.extend({ key: z.string() })

/** The same reply where it may be repeated: the repeat knows the key, and not its secret, which is stored nowhere. */
export const keyShownOnce = apiKey.extend({
  key: z.string().nullable().meta({
    description: 'The key itself, this once. Null when the answer is repeated for an Idempotency-Key.',
  }),
})

export const keyPage = pageOf(apiKey)

/** Above this many, matches are not counted to the end. */
export const MOST_COUNTED = 1_000

/** A page of the list, with what only the settings pages show. */
export const searchedKeys = pageOf(apiKey.extend({ calls_by_day: callsByDay })).extend({
  total: z.object({ count: z.int(), exact: z.boolean() }),
})

/** At most as many as a page of the list can show. */
export const revokeKeysInput = revokeKeyInput.extend({
  ids: z.array(id()).min(1, 'At least one key.').max(100, 'At most 100 keys at once.'),
})

/** What became of each key, in the order in which they were named. */
export const revokedKeys = z.object({
  data: z.array(
    z.object({
      id: id(),
      result: z.enum(['revoked', 'already_revoked', 'not_found', 'refused']),
      /** Why it was refused. */
      detail: z.string().nullable(),
    }),
  ),
})

export type ApiKey = z.output<typeof apiKey>
export type CreatedKey = z.output<typeof createdKey>
export type KeyShownOnce = z.output<typeof keyShownOnce>
export type CreateKeyInput = z.output<typeof createKeyInput>
export type UpdateKeyInput = z.output<typeof updateKeyInput>
export type RevokeKeysInput = z.output<typeof revokeKeysInput>
export type RevokedKeys = z.output<typeof revokedKeys>
export type SearchedKeys = z.output<typeof searchedKeys>
export type SearchKeysQuery = z.output<typeof searchKeysQuery>
export type RotateKeyInput = z.output<typeof rotateKeyInput>
export type RevokeKeyInput = z.output<typeof revokeKeyInput>
export type MintPlaygroundKeyInput = z.output<typeof mintPlaygroundKeyInput>
