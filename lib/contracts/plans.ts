/** What a plan allows: accepted calls per key and minute, and keys that are not revoked, rotated or expired. */
export const PLANS = {
  free: { rate_limit: 60, keys: 20 },
  pro: { rate_limit: 600, keys: 1_000 },
  enterprise: { rate_limit: 6_000, keys: 100_000 },
} as const

/** Those of the database: rows are given where a plan is asked for, so that the types say when they differ. */
export type Plan = keyof typeof PLANS

/** The highest figure a platform admin may set for one organisation. */
export const MAX_RATE_LIMIT = 1_000_000_000

/** Calls per key and minute in an organisation: its own figure, or its plan's. */
export function organizationRateLimit(organization: { plan: Plan; rate_limit: number | null }): number {
  return organization.rate_limit ?? PLANS[organization.plan].rate_limit
}
