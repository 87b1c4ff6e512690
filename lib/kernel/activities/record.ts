import type { ActivityType } from '@/lib/contracts/rows/define'
import { catalogue } from '@/lib/contracts/scopes/catalogue'
import type { KeyActor, Tenant } from '@/lib/kernel/actors/context'
import type { Prisma } from '@/lib/kernel/db/generated/client'
import type { Transaction } from '@/lib/kernel/db/transaction'

type Happening = {
  type: ActivityType
  /** The row that it happened to. */
  subject: { kind: string; id: string }
  /** The contact whose history it belongs to. */
  contact_id?: string | null
  data?: Prisma.InputJsonObject
}

/** Who did it, as the stream keeps it when they are gone. */
export type ActivityActor = {
  kind: 'key' | 'sequence' | 'flow' | 'form'
  id: string | null
  label: string
}

type Doer = KeyActor | ActivityActor

export const activityActorOf = (actor: Doer): ActivityActor =>
  'key_id' in actor ? { kind: actor.kind, id: actor.key_id, label: actor.key_prefix } : actor

/**
 * Appends to the tenant's stream, in the transaction in which it happened: both are there, or neither.
 * @throws Error for a type that no contract names
 */
export async function recordActivities(
  { db, tenant, actor }: { db: Transaction; tenant: Tenant; actor: Doer },
  happenings: Happening[],
): Promise<void> {
  if (happenings.length === 0) return
  for (const { type } of happenings) catalogue().requireActivityType(type)
  const by = activityActorOf(actor)
  await db.activity.createMany({
    data: happenings.map(({ type, subject, contact_id, data }) => ({
      ...tenant,
      type,
      actor_kind: by.kind,
      actor_id: by.id,
      actor_label: by.label,
      contact_id: contact_id ?? null,
      subject_kind: subject.kind,
      subject_id: subject.id,
      data: data ?? {},
    })),
  })
}
