import { z } from 'zod'
import { id } from '@/lib/contracts/fields'
import { allowedAddresses, MAX_ALLOWED_ADDRESSES, MAX_LIFETIME_HOURS } from '@/lib/keys/contract'

/** Browser-safe: what an organisation asks of its new keys. */

export const policyInput = z.strictObject({
  keys_must_expire: z.boolean().meta({ description: 'No key without an expiry.' }),
  longest_lifetime_hours: z
    .int()
    .min(1, 'At least 1 hour.')
    .max(MAX_LIFETIME_HOURS, `At most ${MAX_LIFETIME_HOURS} hours (1 year).`)
    .nullable()
    .meta({ description: 'The longest life of a key that expires, in hours; null: one year.' }),
  allowed_ranges: allowedAddresses(`At most ${MAX_ALLOWED_ADDRESSES} ranges.`).meta({
    description: 'Each address of an allowlist lies within one of them; empty: any address, or none.',
  }),
})

/** As it is told. */
export const policy = z.object({
  keys_must_expire: z.boolean(),
  longest_lifetime_hours: z.int().nullable(),
  allowed_ranges: z.array(z.string()),
})

export type Policy = z.output<typeof policy>

/** Where an organisation has set none. */
export const NO_POLICY: Policy = { keys_must_expire: false, longest_lifetime_hours: null, allowed_ranges: [] }

export const POLICY_RULES = ['expiry', 'lifetime', 'addresses'] as const
const rule = z.enum(POLICY_RULES)
export type PolicyRule = z.output<typeof rule>

/** The keys in use that a policy would not let anybody make today. */
export const policyBreaches = z.object({
  /** The first of them. */
  keys: z.array(z.object({ id: id(), name: z.string(), key_prefix: z.string(), rules: z.array(rule) })),
  count: z.int(),
  /** False: there are more than were counted. */
  exact: z.boolean(),
})

export type PolicyBreaches = z.output<typeof policyBreaches>
