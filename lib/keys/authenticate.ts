import { z } from 'zod'
import type { ActingOrganization, KeyActor } from '@/lib/actors/context'
import { runInLane } from '@/lib/db/lanes'
import { env } from '@/lib/env'
import { AUTHENTICATE } from '@/lib/keys/authenticate-statement'
import { hashKey } from '@/lib/keys/hash'
import { type RateWindow, readWindow, windowAfter } from '@/lib/keys/rate-window'

/** JSON has no dates: each is read into one here, so that nothing behind ever compares a text. */
const instant = z.string().transform((value) => new Date(value))

const decision = z.object({
  id: z.string(),
  organization_id: z.string(),
  lineage_id: z.string(),
  environment: z.enum(['live', 'test']),
  name: z.string(),
  key_prefix: z.string(),
  scopes: z.array(z.string()),
  allowed_ips: z.array(z.string()),
  created_at: instant,
  expires_at: instant.nullable(),
  rate_limit: z.int(),
  slug: z.string(),
  organization_name: z.string(),
  plan: z.enum(['free', 'pro', 'enterprise']),
  developer_api: z.boolean(),
  organization_rate_limit: z.int().nullable(),
  refusal: z.enum(['revoked_key', 'rotated_key', 'expired_key', 'developer_api_disabled', 'ip_not_allowed']).nullable(),
  last_used_at: instant.nullable(),
  now: instant,
  accepted: z.boolean().nullable(),
  second: z.number().nullable(),
  used: z.int().nullable(),
  counts: z.array(z.int()).nullable(),
})

export type Refusal = NonNullable<z.output<typeof decision>['refusal']> | 'rate_limited'

/** What the database said of a key that exists. */
export type Authentication = {
  actor: KeyActor
  organization: ActingOrganization
  window: RateWindow
  /** Null: the call may go on, and has been counted. */
  refusal: Refusal | null
  /** The database's clock. */
  now: Date
}

function windowOf({ used, counts, second, now, rate_limit }: z.output<typeof decision>): RateWindow {
  if (used !== null && second !== null && !counts) return windowAfter(used, second, rate_limit)
  return readWindow(counts ?? [], second ?? 0, now, rate_limit)
}

/**
 * Decides a call by one statement in one round trip: finds the key, checks its state, its organisation and the address,
 * and counts the call.
 * @param key of the right form, checksum included
 * @param address the caller's, as a trusted peer told it; null opens no key with an allowlist
 * @returns null when no such key exists
 */
export async function authenticate(key: string, address: string | null): Promise<Authentication | null> {
  const result = await runInLane({
    // A named statement is planned once per connection; behind an old PgBouncer there must be no names.
    ...(env.DATABASE_PREPARED && { name: 'authenticate' }),
    text: AUTHENTICATE,
    values: [hashKey(key), address],
  })
  if (result.rows.length === 0) return null
  const row = decision.parse(result.rows[0].decision)
  return {
    actor: {
      kind: 'key',
      key_id: row.id,
      lineage_id: row.lineage_id,
      name: row.name,
      key_prefix: row.key_prefix,
      environment: row.environment,
      scopes: row.scopes,
      allowed_ips: row.allowed_ips,
      rate_limit: row.rate_limit,
      created_at: row.created_at,
      expires_at: row.expires_at,
      last_used_at: row.last_used_at,
      authenticated_at: row.now,
    },
    organization: {
      id: row.organization_id,
      slug: row.slug,
      name: row.organization_name,
      plan: row.plan,
      developer_api: row.developer_api,
      rate_limit: row.organization_rate_limit,
    },
    window: windowOf(row),
    refusal: row.refusal ?? (row.accepted ? null : 'rate_limited'),
    now: row.now,
  }
}
