import { AUDITED, type AuditAction, factsOf, type HasFacts } from '@/lib/contracts/audited'
import type { Actor, Origin, PersonActor, PlatformAdminActor, StrangerActor } from '@/lib/kernel/actors/context'
import type { Prisma } from '@/lib/kernel/db/generated/client'
import type { Environment } from '@/lib/kernel/db/generated/enums'
import type { Transaction } from '@/lib/kernel/db/transaction'

type AuditedTarget = {
  /** Null where a refusal was about nothing that is there. */
  id: string | null
  label: string
  /** Where the target has one. */
  environment?: Environment
  /** Of the target with this change, where it has one: orders what happened to it. */
  version?: number
}

/** What happened, to what. The register says of which kind that is, and which facts are kept of what it was and is. */
export type AuditedChange<Action extends AuditAction> = {
  action: Action
  target: AuditedTarget
  before?: HasFacts<Action> | undefined
  after?: HasFacts<Action> | undefined
  reason?: string | null | undefined
}

type AuditedActor = Actor | PersonActor | PlatformAdminActor | StrangerActor

export type AuditContext = {
  db: Transaction
  actor: AuditedActor
  /** Null: the platform's own. */
  organization: { id: string } | null
  origin: Origin
}

/** Who acted, in the words an audit entry keeps after the person or the key is gone. */
function actorFields(actor: AuditedActor): {
  actor_kind: string
  actor_id: string | null
  actor_label: string
} {
  switch (actor.kind) {
    case 'member':
    case 'person':
    case 'platform_admin':
      return { actor_kind: actor.kind, actor_id: actor.user_id, actor_label: actor.email }
    case 'key':
      return { actor_kind: 'key', actor_id: actor.key_id, actor_label: actor.key_prefix }
    case 'stranger':
      return { actor_kind: 'stranger', actor_id: null, actor_label: 'nobody signed in' }
    case 'operator':
      return { actor_kind: 'operator', actor_id: null, actor_label: actor.name }
  }
}

/** An entry, as it is stored. */
export function auditEntryOf<Action extends AuditAction>(
  { actor, organization, origin }: Omit<AuditContext, 'db'>,
  { action, target, before, after, reason = null }: AuditedChange<Action>,
): Prisma.AuditEntryCreateManyInput {
  return {
    organization_id: organization?.id ?? null,
    ...actorFields(actor),
    action,
    target_kind: AUDITED[action].target,
    target_id: target.id,
    target_label: target.label,
    environment: target.environment ?? null,
    sequence: target.version ?? null,
    before: before && factsOf(action, before),
    after: after && factsOf(action, after),
    reason,
    ...origin,
  }
}

/** Writes one audit entry in the transaction that makes the change: both are there, or neither. */
export async function recordAudit<Action extends AuditAction>(
  ctx: AuditContext,
  change: AuditedChange<Action>,
): Promise<void> {
  await ctx.db.auditEntry.create({ data: auditEntryOf(ctx, change) })
}
