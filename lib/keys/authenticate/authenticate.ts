import { env } from '@/lib/base/node/env'
import { histogram } from '@/lib/base/node/metrics'
import type { Plan } from '@/lib/contracts/plans'
import type { ActingOrganization, KeyActor } from '@/lib/kernel/actors/context'
import type { Environment } from '@/lib/kernel/db/generated/enums'
import { inBatches } from '@/lib/kernel/db/in-batches'
import { LANES, lanes } from '@/lib/kernel/db/lanes'
import { CONNECT_MS } from '@/lib/kernel/db/time-limits'
import { type RateWindow, readWindow, windowAfter } from '@/lib/keys/authenticate/rate-window'
import { AUTHENTICATE } from '@/lib/keys/authenticate/statement'
import { hashKey } from '@/lib/keys/hash'
import type { Successor } from '@/lib/keys/rotated'

/** A row of our own statement, as JSON brings it. No schema reads it: every call of the API would pay for that. */
type Decision = {
  position: number
  calls: number
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
  successor: Successor | null
  now: string
  /**
   * Null: the key was refused, and no call of its lineage has been accepted yet. `accepted` and `used` are there when the
   * key was good; `counts` when a call was refused.
   */
  counted: { accepted?: number; second: number; used?: number; counts: number[] | null } | null
}

export type Refusal = NonNullable<Decision['refusal']> | 'rate_limited'

/** What the database said of a key that exists. */
export type Authentication = {
  /** Shared by calls that were decided together, like the organisation: nobody alters them. */
  actor: Readonly<KeyActor>
  organization: Readonly<ActingOrganization>
  window: RateWindow
  /** Null: the call may go on, and has been counted. */
  refusal: Refusal | null
  /** The key to use in the place of a rotated one; null: this is none, or there is none any more. */
  successor: Successor | null
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
  const known = { actor, organization, successor: row.successor, now }
  const windowOfRefused = accepted < row.calls ? readWindow(counts ?? [], second, now, row.rate_limit) : null
  return (turn) => {
    if (windowOfRefused && turn >= accepted) {
      return { ...known, window: windowOfRefused, refusal: row.refusal ?? 'rate_limited' }
    }
    return { ...known, window: windowAfter(used - accepted + turn + 1, second, row.rate_limit), refusal: null }
  }
}

type Call = { key: string; address: string | null }

/** Calls with one key from one address, which one row decides. */
type Group = Call & { calls: number; answer: ((turn: number) => Authentication) | null }

const together = histogram({
  name: 'latchkey_decisions_per_statement',
  help: 'Calls that one statement decided together.',
  buckets: [1, 2, 4, 8, 16, 32, 64],
})

async function decide(calls: Call[]): Promise<(Authentication | null)[]> {
  together.observe(calls.length)
  const groups = new Map<string, Group>()
  const places = calls.map(({ key, address }) => {
    const same = `${key} ${address}`
    const group = groups.get(same) ?? { key, address, calls: 0, answer: null }
    groups.set(same, group)
    group.calls += 1
    return { group, turn: group.calls - 1 }
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
    if (group) group.answer = readDecision(decision)
  }
  return places.map(({ group, turn }) => group.answer?.(turn) ?? null)
}

/** Calls of one statement: enough that it costs each little, few enough that none waits long for the others. */
const MOST_AT_ONCE = 64

const decideTogether = inBatches(decide, { lanes: LANES, size: MOST_AT_ONCE, patience: CONNECT_MS })

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
