import { z } from 'zod'
import { email, id, instant, label } from '@/lib/contracts/fields'
import { MAX_RATE_LIMIT } from '@/lib/contracts/plans'

/** The organisation's name in addresses. */
export const slug = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'Up to 63 of a-z, 0-9 and hyphens, with no hyphen at an end.')

export const plan = z.enum(['free', 'pro', 'enterprise'])

/** What the plan, or its own figure, allows an organisation. */
export const limits = z.object({
  rate_limit: z.int().meta({ description: 'Calls per key and minute.' }),
  keys: z.int().meta({ description: 'Keys in use.' }),
  attachment_bytes: z.int().meta({ description: 'Bytes of all attachments, in each environment.' }),
})

const rateLimit = z
  .int()
  .min(1, 'At least 1.')
  .max(MAX_RATE_LIMIT, `At most ${MAX_RATE_LIMIT}.`)
  .nullable()
  .meta({ description: "Calls per key and minute; null: the plan's." })

const MAX_SENDERS = 20

const emailSenders = z
  .array(email())
  .max(MAX_SENDERS, `At most ${MAX_SENDERS}.`)
  .transform((senders) => [...new Set(senders)])

export const createOrganizationInput = z.strictObject({
  slug,
  name: label(100),
  plan: plan.default('free'),
  developer_api: z.boolean().default(false),
})

export const setOrganizationInput = z.strictObject({
  name: label(100).optional(),
  plan: plan.optional(),
  developer_api: z.boolean().optional(),
  rate_limit: rateLimit.optional(),
  email_senders: emailSenders.optional(),
})

const organization = z.object({
  id: id(),
  slug: z.string(),
  name: z.string(),
  plan,
  developer_api: z.boolean(),
  rate_limit: rateLimit,
  /** Addresses that its emails may be from; steps of sequences send from the first. */
  email_senders: z.array(z.string()),
  created_at: instant(),
})

/** When the organisation asked for the Developer API; null: it has no open request. */
export const askedForAccess = z.object({ asked_at: instant().nullable() })

export type Organization = z.output<typeof organization>
export type CreateOrganizationInput = z.output<typeof createOrganizationInput>
export type SetOrganizationInput = z.output<typeof setOrganizationInput>
