import type { ActingOrganization, KeyActor } from '@/lib/actors/context'
import type { Environment, Plan } from '@/lib/db/generated/enums'
import { inBatches } from '@/lib/db/in-batches'
import { LANES, lanes } from '@/lib/db/lanes'
import { env } from '@/lib/env'
import { AUTHENTICATE } from '@/lib/keys/authenticate-statement'
import { hashKey } from '@/lib/keys/hash'
import { type RateWindow, readWindow, windowAfter } from '@/lib/keys/rate-window'

/** A row of our own statement, as JSON brings it. No schema reads it: every call of the API would pay for that. */
type Decision = {
  position: number
  id: string
  organization_id: string
  lineage_id: string
  environment: Environment
  name: string
  key_prefix: string
  scopes: string[]
  allowed_ips: string[]
  created_at: string
  expires_at: string | null
  rate_limit: number
  slug: string
  organization_name: string
  plan: Plan
  developer_api: boolean
  organization_rate_limit: number | null
  refusal: 'revoked_key' | 'rotated_key' | 'expired_key' | 'developer_api_disabled' | 'ip_not_allowed' | null
  last_used_at: string | null
  now: string
  /** Null: refused, and no call of the lineage has been accepted yet. */
  counted: { accepted?: boolean; second: number; used?: number; counts: number[] | null } | null
}

export type Refusal = NonNullable<Decision['refusal']> | 'rate_limited'

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

function windowOf({ counted, rate_limit }: Decision, now: Date): RateWindow {
  if (counted?.used !== undefined && !counted.counts) return windowAfter(counted.used, counted.second, rate_limit)
  return readWindow(counted?.counts ?? [], counted?.second ?? 0, now, rate_limit)
}

const instantOf = (text: string | null): Date | null => (text === null ? null : new Date(text))

function authenticationOf(row: Decision): Authentication {
  const now = new Date(row.now)
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
      created_at: new Date(row.created_at),
      expires_at: instantOf(row.expires_at),
      last_used_at: instantOf(row.last_used_at),
      authenticated_at: now,
    },
    organization: {
      id: row.organization_id,
      slug: row.slug,
      name: row.organization_name,
      plan: row.plan,
      developer_api: row.developer_api,
      rate_limit: row.organization_rate_limit,
    },
    window: windowOf(row, now),
    refusal: row.refusal ?? (row.counted?.accepted ? null : 'rate_limited'),
    now,
  }
}

type Asked = { key: string; address: string | null }

async function decide(asked: Asked[]): Promise<(Authentication | null)[]> {
  const { rows } = await lanes().query<{ decision: Decision }>({
    // A named statement is planned once per connection; behind an old PgBouncer there must be no names.
    ...(env.DATABASE_PREPARED && { name: 'authenticate' }),
    text: AUTHENTICATE,
    values: [asked.map(({ key }) => hashKey(key)), asked.map(({ address }) => address)],
  })
  const decided = new Map(rows.map(({ decision }) => [decision.position, decision]))
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
