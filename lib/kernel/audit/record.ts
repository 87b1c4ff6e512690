import type { Actor, Origin, PersonActor, PlatformAdminActor } from '@/lib/kernel/actors/context'
import type { Prisma } from '@/lib/kernel/db/generated/client'
import type { Transaction } from '@/lib/kernel/db/transaction'

type Change = {
  /** `<target>.<what happened>`, e.g. `api_key.revoked`. */
  action: string
  target: { kind: string; id: string; label: string }
  before?: Prisma.InputJsonObject
  after?: Prisma.InputJsonObject
  reason?: string | null
}

export type AuditContext = {
  db: Transaction
  actor: Actor | PersonActor | PlatformAdminActor
  /** Null: the platform's own. */
  organization: { id: string } | null
  origin: Origin
}

/** Who acted, in the words an audit entry keeps after the person or the key is gone. */
function actorFields(actor: Actor | PersonActor | PlatformAdminActor): {
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
