import type { ActivityType } from '@/lib/contracts/rows/define'
import { catalogue } from '@/lib/contracts/scopes/catalogue'
import { UUID_V7 } from '@/lib/kernel/activities/record-changed'
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

/** A key; a sequence, a flow or a campaign by what it does in time; a form by an answer; a contact by a link in a mail. */
export const ACTOR_KINDS = ['key', 'sequence', 'flow', 'campaign', 'form', 'contact'] as const

/** Who did it, as the stream keeps it when they are gone. */
export type ActivityActor = {
  kind: (typeof ACTOR_KINDS)[number]
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
  const rows = happenings.map(({ type, subject, contact_id = null, data = {} }) => ({
    type,
    contact_id,
    subject_kind: subject.kind,
    subject_id: subject.id,
    data,
  }))
  // As one value: a hundred happenings would be a thousand parameters.
  await db.$executeRaw`
    INSERT INTO activities (id, at, organization_id, environment, type, actor_kind, actor_id, actor_label, contact_id,
      subject_kind, subject_id, data)
    SELECT ${UUID_V7}, clock_timestamp(), ${tenant.organization_id}::uuid, ${tenant.environment}::environment, type, ${by.kind},
      ${by.id}::uuid, ${by.label}, contact_id, subject_kind, subject_id, data
    FROM jsonb_populate_recordset(NULL::activities, ${JSON.stringify(rows)}::jsonb)`
}
