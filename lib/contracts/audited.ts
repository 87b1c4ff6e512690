/** The one register of what is audited: each action, the kind of its target, and the facts that an entry keeps of it. */

/** What a rotation leaves as it is. */
const LINEAGE = ['name', 'description', 'environment', 'scopes', 'allowed_ips', 'rate_limit'] as const
const KEY = [...LINEAGE, 'expires_at'] as const
/** A rotation makes a key and gives another its end: one thing, so one entry, about the key that is rotated. */
const ROTATED = [...LINEAGE, 'successor', 'successor_id', 'successor_expires_at', 'retires_at'] as const
const POLICY = ['keys_must_expire', 'longest_lifetime_hours', 'allowed_ranges'] as const
const STANDING = ['role', 'developer'] as const
const INVITATION = [...STANDING, 'expires_at'] as const
/** Who joined by an invitation joined by this one. */
const JOINED = [...STANDING, 'invitation'] as const
const ORGANIZATION = ['name', 'plan', 'developer_api', 'rate_limit', 'email_senders'] as const
const WEBHOOK = ['url', 'events', 'description', 'environment', 'enabled', 'disabled_reason'] as const
const TEAM = ['name', 'description'] as const
/** What became of the keys of somebody who may no longer make them: how many, and the prefixes of the newest. */
const DECIDED = ['keys_revoked', 'revoked_count', 'keys_kept', 'kept_count'] as const

export const AUDITED = {
  'api_key.created': { target: 'api_key', facts: KEY },
  'api_key.updated': { target: 'api_key', facts: KEY },
  'api_key.rotated': { target: 'api_key', facts: ROTATED },
  'api_key.revoked': { target: 'api_key', facts: ['leaked'] },
  'api_key.leak_noted': { target: 'api_key', facts: [] },
  'api_key.reactivated': { target: 'api_key', facts: [] },
  'api_key.deleted': { target: 'api_key', facts: [...KEY, 'hashed_token'] },
  'api_key.expiring': { target: 'api_key', facts: ['name', 'expires_at'] },
  'webhook.created': { target: 'webhook', facts: WEBHOOK },
  'webhook.updated': { target: 'webhook', facts: WEBHOOK },
  'webhook.secret_rotated': { target: 'webhook', facts: ['previous_secret_until'] },
  'webhook.disabled': { target: 'webhook', facts: ['disabled_reason'] },
  'webhook.tested': { target: 'webhook', facts: [] },
  'webhook.replayed': { target: 'webhook', facts: ['deliveries'] },
  'webhook.deleted': { target: 'webhook', facts: WEBHOOK },
  'policy.updated': { target: 'policy', facts: POLICY },
  'member.added': { target: 'user', facts: JOINED },
  'member.updated': { target: 'user', facts: [...STANDING, ...DECIDED] },
  'member.removed': { target: 'user', facts: [...STANDING, ...DECIDED] },
  'invitation.created': { target: 'invitation', facts: INVITATION },
  'invitation.resent': { target: 'invitation', facts: INVITATION },
  'invitation.withdrawn': { target: 'invitation', facts: INVITATION },
  'team.created': { target: 'team', facts: [...TEAM, 'members_added'] },
  'team.updated': { target: 'team', facts: [...TEAM, 'members_added', 'members_removed'] },
  'team.deleted': { target: 'team', facts: TEAM },
  'organization.created': { target: 'organization', facts: [...ORGANIZATION, 'first_admin'] },
  'organization.changed': { target: 'organization', facts: ORGANIZATION },
  'access_request.made': { target: 'access_request', facts: [] },
  'access_request.granted': { target: 'access_request', facts: [] },
  'access_request.declined': { target: 'access_request', facts: [] },
  'job.retried': { target: 'job', facts: ['attempts', 'error'] },
  'job.dropped': { target: 'job', facts: ['attempts', 'error'] },
  'platform_admin.set_up': { target: 'user', facts: [] },
  'platform_admin.granted': { target: 'user', facts: ['email_proven'] },
  'platform_admin.taken': { target: 'user', facts: [] },
  'session.signed_in': { target: 'user', facts: [] },
  'session.sign_in_failed': { target: 'user', facts: ['because'] },
  'session.sign_in_locked': { target: 'user', facts: ['because'] },
  'session.proved': { target: 'user', facts: [] },
  'session.proof_locked': { target: 'user', facts: [] },
  'session.replaced': { target: 'user', facts: [] },
  'session.ended': { target: 'user', facts: ['sessions_ended'] },
  'session.others_ended': { target: 'user', facts: ['sessions_ended'] },
  'user.renamed': { target: 'user', facts: ['name'] },
  'user.notices_chosen': { target: 'user', facts: ['kinds', 'way'] },
  'user.password_changed': { target: 'user', facts: ['sessions_ended'] },
  'user.password_reset_issued': { target: 'user', facts: [] },
  'user.password_reset_mailed': { target: 'user', facts: [] },
  'user.password_reset': { target: 'user', facts: ['sessions_ended'] },
  'user.identity_linked': { target: 'user', facts: ['issuer'] },
} as const satisfies Record<string, { target: string; facts: readonly string[] }>

/** `<what it happened to>.<what happened>`. */
export type AuditAction = keyof typeof AUDITED

const isAction = (name: string): name is AuditAction => name in AUDITED

/** All of them, in the order of the register. */
export const AUDIT_ACTIONS = Object.keys(AUDITED).filter(isAction)

/** The type of the event that tells an entry of this action: entries are events of their own. */
export const auditEvent = (action: AuditAction): `audit.${AuditAction}` => `audit.${action}`

/** Subscribes to all of them. */
export const EVERY_AUDIT_EVENT = 'audit.*'

type Fact = string | number | boolean | null | readonly string[]

type FactName<Action extends AuditAction> = (typeof AUDITED)[Action]['facts'][number]

/** What has the facts of an action: the whole row, for instance. */
export type HasFacts<Action extends AuditAction> = { readonly [Name in FactName<Action>]?: Fact | Date | undefined }

/**
 * The facts that an entry of this action keeps of a row, and nothing else of it: no secret among it, and no hash but that of
 * a key that is gone.
 */
export function factsOf<Action extends AuditAction>(action: Action, row: HasFacts<Action>): Record<string, Fact> {
  const known = new Map<string, Fact | Date | undefined>(Object.entries(row))
  const facts: Record<string, Fact> = {}
  for (const name of AUDITED[action].facts) {
    const fact = known.get(name)
    if (fact !== undefined) facts[name] = fact instanceof Date ? fact.toISOString() : fact
  }
  return facts
}
