/**
 * What a plan allows: accepted calls per key and minute, keys that are not revoked, rotated or expired, and the bytes of
 * all attachments in one environment.
 */
export const PLANS = {
  free: { rate_limit: 60, keys: 20, attachment_bytes: 100_000_000 },
  pro: { rate_limit: 600, keys: 1_000, attachment_bytes: 10_000_000_000 },
  enterprise: { rate_limit: 6_000, keys: 100_000, attachment_bytes: 1_000_000_000_000 },
} as const

/** Those of the database: rows are given where a plan is asked for, so that the types say when they differ. */
export type Plan = keyof typeof PLANS

/** The highest figure a platform admin may set for one organisation. */
export const MAX_RATE_LIMIT = 1_000_000_000

type Limited = { plan: Plan; rate_limit: number | null }

/** Calls per key and minute in an organisation: its own figure, or its plan's. */
export function organizationRateLimit(organization: Limited): number {
  return organization.rate_limit ?? PLANS[organization.plan].rate_limit
}

/** What its plan, or its own figure, allows an organisation. */
export const limitsOf = (organization: Limited) => ({
  ...PLANS[organization.plan],
  rate_limit: organizationRateLimit(organization),
})
