import { z } from 'zod'

/** What a person may or may not do in an organisation, by the names that pages and routes use. Who may: `kernel/actors`. */
export const PERMISSIONS = [
  'see_keys',
  'create_keys',
  'manage_keys',
  'see_webhooks',
  'manage_webhooks',
  'see_people',
  'manage_people',
  'see_policy',
  'manage_policy',
  'see_audit',
  'request_access',
] as const

export type PermissionName = (typeof PERMISSIONS)[number]

/** Whether an actor may do something; a refusal says why, in the words that the page shows beside the disabled control. */
export const permission = z.discriminatedUnion('allowed', [
  z.object({ allowed: z.literal(true) }),
  z.object({
    allowed: z.literal(false),
    code: z.enum(['role_forbids', 'developer_api_disabled']),
    reason: z.string(),
  }),
])

export type Permission = z.output<typeof permission>
