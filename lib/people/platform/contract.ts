import { z } from 'zod'
import { email, id, instant, label, text } from '@/lib/contracts/fields'
import { pageOf, pageQuery } from '@/lib/contracts/page'
import { acceptUnproven, deliveredInvitation } from '@/lib/people/members/invitations/contract'
import { plan, setOrganizationInput, slug } from '@/lib/people/organizations/contract'
import { newPassword } from '@/lib/people/sign-in/contract'

/** Browser-safe: what platform admins see and change. */

const accessRequest = z.object({ created_at: instant(), requested_by: z.string().nullable() })

/** An organisation as the console lists it: figures, and nothing of its data. */
const platformOrganization = z.object({
  id: id(),
  slug: z.string(),
  name: z.string(),
  plan,
  developer_api: z.boolean(),
  created_at: instant(),
  members: z.int(),
  admins: z.int(),
  /** Keys that are not revoked, rotated or expired. */
  keys: z.int(),
  /** Calls with its keys in the last 24 hours. */
  calls_today: z.int(),
  /** Open; null: nothing is asked for. */
  access_request: accessRequest.nullable(),
})

export const platformOrganizationPage = pageOf(platformOrganization)

/** One organisation, with what turning its Developer API off would stop. */
export const platformOrganizationDetail = platformOrganization.extend({
  /** Of `keys`, those used in the last 24 hours. */
  keys_used_today: z.int(),
  /** Addresses that its emails may be from. */
  email_senders: z.array(z.string()),
})

export const listPlatformOrganizationsQuery = z.strictObject({
  ...pageQuery,
  q: text(100).min(1).optional(),
  requests: z.literal('open').optional().meta({ description: 'Only those with an open request.' }),
})

const reason = label(500)

export const changeOrganizationInput = z
  .strictObject({
    plan: plan.optional(),
    developer_api: z.boolean().optional(),
    email_senders: setOrganizationInput.shape.email_senders,
    reason: reason.optional(),
  })
  .refine(
    ({ plan, developer_api, email_senders }) => [plan, developer_api, email_senders].some((one) => one !== undefined),
    'Name what to change.',
  )
  .refine((input) => input.developer_api === undefined || input.reason !== undefined, {
    path: ['reason'],
    message: 'Say why: it is kept in the audit.',
  })

export const declineInput = z.strictObject({ reason })

export const createPlatformOrganizationInput = z.strictObject({
  name: label(100),
  slug,
  plan,
  developer_api: z.boolean(),
  admin_email: email(),
  ...acceptUnproven,
})

/** The reply holds the link of the first Admin's invitation where it was not mailed. */
export const createdPlatformOrganization = z.object({ slug: z.string(), invitation: deliveredInvitation })

export const firstAdminInput = z.strictObject({ email: email(), ...acceptUnproven })

export const platformAdmin = z.object({ id: id(), email: z.string(), name: z.string() })

export const platformAdmins = z.object({ data: z.array(platformAdmin) })

export const grantInput = z.strictObject({ email: email(), ...acceptUnproven })

/** Told only while it is so. */
export const setupState = z.object({ open: z.literal(true) })

/** The first run: who runs the platform, and the token that the start has printed. */
export const setupInput = z.strictObject({
  token: z.string().trim().min(1, 'Copy it from the log.').max(200),
  name: label(100),
  email: email(),
  password: newPassword,
})

export type FirstAdminInput = z.output<typeof firstAdminInput>
export type GrantInput = z.output<typeof grantInput>
export type SetupInput = z.output<typeof setupInput>
export type PlatformOrganization = z.output<typeof platformOrganization>
export type PlatformOrganizationDetail = z.output<typeof platformOrganizationDetail>
export type ListPlatformOrganizationsQuery = z.output<typeof listPlatformOrganizationsQuery>
export type CreatePlatformOrganizationInput = z.output<typeof createPlatformOrganizationInput>
export type PlatformAdmin = z.output<typeof platformAdmin>
