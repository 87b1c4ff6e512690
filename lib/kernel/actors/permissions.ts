import { DomainError } from '@/lib/base/errors'
import type { Permission, PermissionName } from '@/lib/contracts/permissions'
import { catalogue } from '@/lib/contracts/scopes/catalogue'
import { isReadScope } from '@/lib/contracts/scopes/is-read-scope'
import type { ActingOrganization, Actor, Context } from '@/lib/kernel/actors/context'

const ALLOWED: Permission = { allowed: true }
const forbid = (reason: string): Permission => ({ allowed: false, code: 'role_forbids', reason })

type Who = { actor: Actor; organization: Pick<ActingOrganization, 'developer_api'> }

/**
 * Who may see the keys of the organisation: Admins and Read-Only Admins with the Developer permission, and keys with
 * `admin`, of which `keysInReach` leaves them those of their environment.
 */
export function maySeeKeys({ actor, organization }: Who): Permission {
  if (actor.kind === 'operator') return ALLOWED
  if (!organization.developer_api) {
    return {
      allowed: false,
      code: 'developer_api_disabled',
      reason: 'The Developer API is off for this organisation. Only a platform admin can turn it on.',
    }
  }
  if (actor.kind === 'key') {
    return catalogue().grants(actor.scopes, 'admin')
      ? ALLOWED
      : forbid('A key needs the scope admin to see or change keys.')
  }
  if (actor.role === 'member') return forbid('Members cannot see API keys. Ask an Admin of your organisation.')
  if (!actor.developer)
    return forbid('You need the Developer permission. An Admin of your organisation can give it to you.')
  return ALLOWED
}

/** Who may create keys; `grantableScopes` says with which scopes. */
export function mayCreateKeys(who: Who): Permission {
  return maySeeKeys(who)
}

/** Who may edit, rotate, revoke, reactivate and delete keys. A key's own bounds are checked apart, by `requireWithinBounds`. */
export function mayManageKeys(who: Who): Permission {
  const seen = maySeeKeys(who)
  if (!seen.allowed) return seen
  if (who.actor.kind === 'member' && who.actor.role !== 'admin') {
    return forbid('Read-Only Admins can see and create keys, but not change them. Ask an Admin.')
  }
  return ALLOWED
}

/** The scopes that an actor may put on a key: all for Admins, reading ones for Read-Only Admins, for a key its own. */
export function grantableScopes(actor: Actor): string[] {
  const all = catalogue().scopes.map(({ scope }) => scope)
  if (actor.kind === 'operator') return all
  if (actor.kind === 'key') return all.filter((scope) => catalogue().grants(actor.scopes, scope))
  if (actor.role === 'member') return []
  return actor.role === 'admin' ? all : all.filter(isReadScope)
}

/** What webhooks ask of a person is what keys do; of a key, a scope of their own. */
function mayUseWebhooks({ actor, organization }: Who, scope: 'webhooks:read' | 'webhooks:write'): Permission {
  if (actor.kind !== 'key') return maySeeKeys({ actor, organization })
  return catalogue().grants(actor.scopes, scope) ? ALLOWED : forbid(`A key needs the scope ${scope} for this.`)
}

/** Who may see the webhooks of the organisation, and what was sent to them; a key those of its environment. */
const maySeeWebhooks = (who: Who): Permission => mayUseWebhooks(who, 'webhooks:read')

/** Who may make, change and delete them, test them and have events sent again. */
function mayManageWebhooks(who: Who): Permission {
  const used = mayUseWebhooks(who, 'webhooks:write')
  if (!used.allowed || who.actor.kind !== 'member' || who.actor.role === 'admin') return used
  return forbid('Read-Only Admins can see webhooks, but not change them. Ask an Admin.')
}

/** Who may see what the organisation's people are, a key by `scope`. */
function maySee({ actor }: Pick<Who, 'actor'>, scope: string, what: string): Permission {
  if (actor.kind === 'operator') return ALLOWED
  if (actor.kind === 'key') {
    return catalogue().grants(actor.scopes, scope) ? ALLOWED : forbid(`A key needs the scope ${scope} to see ${what}.`)
  }
  return actor.role === 'member' ? forbid('Members cannot see this. Ask an Admin of your organisation.') : ALLOWED
}

/** Who may see the people of the organisation. */
export const maySeePeople = (who: Pick<Who, 'actor'>): Permission => maySee(who, 'users:read', 'people')

/** Who may change people's roles, permissions and teams, and remove them. */
export function mayManagePeople(who: Pick<Who, 'actor'>): Permission {
  const { actor } = who
  const seen = maySeePeople(who)
  if (!seen.allowed || actor.kind === 'operator') return seen
  if (actor.kind === 'member') {
    return actor.role === 'admin'
      ? ALLOWED
      : forbid('Read-Only Admins can see people, but not change them. Ask an Admin.')
  }
  if (!catalogue().grants(actor.scopes, 'admin')) return forbid('A key needs the scope admin to change people.')
  // People are no sandbox rows: they belong to the organisation as a whole.
  return actor.environment === 'live'
    ? ALLOWED
    : forbid('A test key changes only the sandbox, and people have none: they are real. Use a live key.')
}

/** Who may see what the organisation asks of its keys. A key reads it with the settings. */
function maySeePolicy({ actor }: Pick<Who, 'actor'>): Permission {
  if (actor.kind === 'key') return forbid('The policy is for people. A key reads it by GET /settings.')
  return actor.kind === 'member' && actor.role === 'member'
    ? forbid('Members cannot see this. Ask an Admin of your organisation.')
    : ALLOWED
}

/** Who may set it. */
function mayManagePolicy(who: Pick<Who, 'actor'>): Permission {
  const seen = maySeePolicy(who)
  if (!seen.allowed || who.actor.kind !== 'member' || who.actor.role === 'admin') return seen
  return forbid('Read-Only Admins can see the policy, but not change it. Ask an Admin.')
}

/** Who may read the audit log: it tells of people too, where they were and with what. */
function maySeeAudit({ actor }: Pick<Who, 'actor'>): Permission {
  if (actor.kind === 'operator') return ALLOWED
  if (actor.kind === 'key') {
    return catalogue().grants(actor.scopes, 'admin')
      ? ALLOWED
      : forbid('A key needs the scope admin to read the audit log.')
  }
  return actor.role === 'admin'
    ? ALLOWED
    : forbid('Only Admins can read the audit log. Ask an Admin of your organisation.')
}

/** Who may ask the platform for the Developer API. */
export function mayRequestAccess({ actor }: Pick<Who, 'actor'>): Permission {
  const asks = actor.kind === 'member' && actor.role === 'admin'
  return asks ? ALLOWED : forbid('Only an Admin of your organisation can ask for it.')
}

/** All of them, by their names. */
export const permissionsOf = (who: Who): Record<PermissionName, Permission> => ({
  see_keys: maySeeKeys(who),
  create_keys: mayCreateKeys(who),
  manage_keys: mayManageKeys(who),
  see_webhooks: maySeeWebhooks(who),
  manage_webhooks: mayManageWebhooks(who),
  see_people: maySeePeople(who),
  manage_people: mayManagePeople(who),
  see_policy: maySeePolicy(who),
  manage_policy: mayManagePolicy(who),
  see_audit: maySeeAudit(who),
  request_access: mayRequestAccess(who),
})

/** @throws DomainError with the permission's own reason */
export function requirePermission(permission: Permission) {
  if (!permission.allowed) throw new DomainError(permission.code, permission.reason)
}

/** @throws DomainError unless the actor may see keys */
export const requireSeeKeys = (ctx: Context) => requirePermission(maySeeKeys(ctx))

/** @throws DomainError unless the actor may see webhooks */
export const requireSeeWebhooks = (ctx: Context) => requirePermission(maySeeWebhooks(ctx))

/** @throws DomainError unless the actor may manage webhooks */
export const requireManageWebhooks = (ctx: Context) => requirePermission(mayManageWebhooks(ctx))

/** @throws DomainError unless the actor may see people */
export const requireSeePeople = (ctx: Context) => requirePermission(maySeePeople(ctx))

/** @throws DomainError unless the actor may see the teams of the organisation: who sees its people, and keys for teams */
export const requireSeeTeams = (ctx: Context) => requirePermission(maySee(ctx, 'teams:read', 'teams'))

/** @throws DomainError unless the actor may manage people */
export const requireManagePeople = (ctx: Context) => requirePermission(mayManagePeople(ctx))

/** @throws DomainError unless the actor may manage keys */
export const requireManageKeys = (ctx: Context) => requirePermission(mayManageKeys(ctx))

/** @throws DomainError unless the actor may see the policy */
export const requireSeePolicy = (ctx: Context) => requirePermission(maySeePolicy(ctx))

/** @throws DomainError unless the actor may set the policy */
export const requireManagePolicy = (ctx: Context) => requirePermission(mayManagePolicy(ctx))

/** @throws DomainError unless the actor may read the audit log */
export const requireSeeAudit = (ctx: Pick<Context, 'actor'>) => requirePermission(maySeeAudit(ctx))
