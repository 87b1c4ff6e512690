import type { Plan } from '@/lib/contracts/plans'
import type { Environment, Role } from '@/lib/kernel/db/generated/enums'
import type { Database } from '@/lib/kernel/db/transaction'

/** The organisation that a call acts in: always the actor's, never one that the caller named. */
export type ActingOrganization = {
  id: string
  slug: string
  name: string
  plan: Plan
  /** Set by platform admins only; off: no key works and none is made. */
  developer_api: boolean
  /** The organisation's own figure per key and minute; null: the plan's. */
  rate_limit: number | null
}

/** A signed-in person, with role and permission as the database has them at this request. */
export type MemberActor = {
  kind: 'member'
  user_id: string
  email: string
  role: Role
  /** The Developer permission of the membership. */
  developer: boolean
  /** Showed within the last minutes that it is still this person; `requireProofToWiden` asks. Absent: did not. */
  proved?: boolean
}

export type KeyActor = {
  kind: 'key'
  key_id: string
  /** Shared with its predecessors and successors. */
  lineage_id: string
  name: string
  key_prefix: string
  environment: Environment
  scopes: readonly string[]
  /** Empty: any address. */
  allowed_ips: readonly string[]
  /** Calls per minute, after every limit that lowers it. */
  rate_limit: number
  created_at: Date
  expires_at: Date | null
  /** Before this request. */
  last_used_at: Date | null
  /** When this request was authenticated, by the database's clock. */
  authenticated_at: Date
}

/** Who runs the CLI, or the process itself: whoever reaches the machine may do everything. */
export type OperatorActor = { kind: 'operator'; name: string }

export type Actor = MemberActor | KeyActor | OperatorActor

/** A signed-in person in what is their own: name, password, sessions. Acts in no organisation. */
export type PersonActor = { kind: 'person'; user_id: string; email: string }

/** A signed-in person who runs the platform. Acts on organisations from outside, never in one. */
export type PlatformAdminActor = { kind: 'platform_admin'; user_id: string; email: string; proved?: boolean }

/** Whoever is not signed in: all that is known is where the request came from. */
export type StrangerActor = { kind: 'stranger' }

/** Where a request came from, for the audit and for last uses. */
export type Origin = {
  request_id: string | null
  /** Null when no trusted peer told it. */
  address: string | null
  user_agent: string | null
}

/** What every domain function is given first. */
export type Context<A extends Actor = Actor> = {
  db: Database
  actor: A
  organization: ActingOrganization
  origin: Origin
}

/** The rows that a call may see and write. Spread it into every `where` and every `data` of a resource. */
export type Tenant = { organization_id: string; environment: Environment }

/** The context of a resource's verbs: a key acts, and it names the tenant. */
export type ResourceContext = Context<KeyActor> & { tenant: Tenant }

export const NO_ORIGIN: Origin = { request_id: null, address: null, user_agent: null }
