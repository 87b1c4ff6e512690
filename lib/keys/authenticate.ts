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
  /** Null: refused, and no call of the lineage has been accepted yet. `accepted` and `used`: none was refused before. */
  counted: { accepted?: number; second: number; used?: number; counts: number[] | null } | null
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

const instantOf = (text: string | null): Date | null => (text === null ? null : new Date(text))

/** @returns what the row says of each call that came with the key, by its turn from zero */
function readDecision(row: Decision): (turn: number) => Authentication {
  const now = new Date(row.now)
  const actor: KeyActor = {
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
  }
  const organization: ActingOrganization = {
    id: row.organization_id,
    slug: row.slug,
    name: row.organization_name,
    plan: row.plan,
    developer_api: row.developer_api,
    rate_limit: row.organization_rate_limit,
  }
  const { second = 0, accepted = 0, used = 0, counts } = row.counted ?? {}
  return (turn) => {
    const isAccepted = turn < accepted
    const window = isAccepted
      ? windowAfter(used - accepted + turn + 1, second, row.rate_limit)
      : readWindow(counts ?? [], second, now, row.rate_limit)
    return { actor, organization, window, refusal: isAccepted ? null : (row.refusal ?? 'rate_limited'), now }
  }
}

type Call = { key: string; address: string | null }

/** Calls with one key from one address, which one row decides. */
type Group = Call & { calls: number; decision: ((turn: number) => Authentication) | null }

async function decide(calls: Call[]): Promise<(Authentication | null)[]> {
  const groups = new Map<string, Group>()
  const places = calls.map(({ key, address }) => {
    const name = `${key} ${address}`
    const group = groups.get(name) ?? { key, address, calls: 0, decision: null }
    groups.set(name, group)
    return { group, turn: group.calls++ }
  })
  const asked = [...groups.values()]
  const { rows } = await lanes().query<{ decision: Decision }>({
    // A named statement is planned once per connection; behind an old PgBouncer there must be no names.
    ...(env.DATABASE_PREPARED && { name: 'authenticate' }),
    text: AUTHENTICATE,
    values: [
      asked.map(({ key }) => hashKey(key)),
      asked.map(({ address }) => address),
      asked.map(({ calls }) => calls),
    ],
  })
  for (const { decision } of rows) {
    const group = asked[decision.position - 1]
    if (group) group.decision = readDecision(decision)
  }
  return places.map(({ group, turn }) => group.decision?.(turn) ?? null)
}

/** Calls of one statement: enough that it costs each little, few enough that none waits long for the others. */
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
