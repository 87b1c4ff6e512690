import { z } from 'zod'
import type { ActingOrganization, KeyActor } from '@/lib/actors/context'
import { inBatches } from '@/lib/db/in-batches'
import { LANES, lanes } from '@/lib/db/lanes'
import { env } from '@/lib/env'
import { AUTHENTICATE } from '@/lib/keys/authenticate-statement'
import { hashKey } from '@/lib/keys/hash'
import { type RateWindow, readWindow, windowAfter } from '@/lib/keys/rate-window'

/** JSON has no dates: each is read into one here, so that nothing behind ever compares a text. */
const instant = z.string().transform((value) => new Date(value))

const decision = z.object({
  position: z.int(),
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
  /** Null: refused, and no call of the lineage has been accepted yet. */
  counted: z
    .object({
      accepted: z.boolean().optional(),
      second: z.number(),
      used: z.int().optional(),
      counts: z.array(z.int()).nullable(),
    })
    .nullable(),
})
type Decision = z.output<typeof decision>

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

function windowOf({ counted, now, rate_limit }: Decision): RateWindow {
  if (counted?.used !== undefined && !counted.counts) return windowAfter(counted.used, counted.second, rate_limit)
  return readWindow(counted?.counts ?? [], counted?.second ?? 0, now, rate_limit)
}

function authenticationOf(row: Decision): Authentication {
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
    refusal: row.refusal ?? (row.counted?.accepted ? null : 'rate_limited'),
    now: row.now,
  }
}

type Asked = { key: string; address: string | null }

async function decide(asked: Asked[]): Promise<(Authentication | null)[]> {
  const { rows } = await lanes().query({
    // A named statement is planned once per connection; behind an old PgBouncer there must be no names.
    ...(env.DATABASE_PREPARED && { name: 'authenticate' }),
    text: AUTHENTICATE,
    values: [asked.map(({ key }) => hashKey(key)), asked.map(({ address }) => address)],
  })
  const decided = new Map(rows.map((row) => decision.parse(row.decision)).map((row) => [row.position, row]))
  return asked.map((_, index) => {
    const row = decided.get(index + 1)
    return row ? authenticationOf(row) : null
  })
}

/** Requests of one statement: enough that it costs each little, few enough that none waits long for the others. */
const MOST_AT_ONCE = 64

const decideTogether = inBatches(decide, { lanes: LANES, size: MOST_AT_ONCE })

/**
 * Decides a call by one statement in one round trip: finds the key, checks its state, its organisation and the address,
 * and counts the call.
 * @param key of the right form, checksum included
 * @param address the caller's, as a trusted peer told it; null opens no key with an allowlist
 * @returns null when no such key exists
 */
export function authenticate(key: string, address: string | null): Promise<Authentication | null> {
  return decideTogether({ key, address })
}
