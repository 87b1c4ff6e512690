import type { Actor, Origin, PersonActor, PlatformAdminActor, StrangerActor } from '@/lib/kernel/actors/context'
import type { Prisma } from '@/lib/kernel/db/generated/client'
import type { Transaction } from '@/lib/kernel/db/transaction'

type Change = {
  /** `<target>.<what happened>`, e.g. `api_key.revoked`. */
  action: string
  /** `id` is null where a refusal was about nothing that is there. */
  target: { kind: string; id: string | null; label: string }
  before?: Prisma.InputJsonObject
  after?: Prisma.InputJsonObject
  reason?: string | null
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

/** Writes one audit entry in the transaction that makes the change: both are there, or neither. Never pass a secret. */
export async function recordAudit(ctx: AuditContext, { action, target, before, after, reason }: Change): Promise<void> {
  await ctx.db.auditEntry.create({
    data: {
      organization_id: ctx.organization?.id ?? null,
      ...actorFields(ctx.actor),
      action,
      target_kind: target.kind,
      target_id: target.id,
      target_label: target.label,
      before,
      after,
      reason: reason ?? null,
      ...ctx.origin,
    },
  })
}
