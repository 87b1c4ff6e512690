import { readStored } from '@/lib/contracts/encode'
import type { Activity } from '@/lib/kernel/db/generated/client'
import { activityData } from '@/lib/resources/activities/contract'

/** A row as callers see it. */
export function showActivity(row: Activity) {
  return {
    id: row.id,
    at: row.at,
    type: row.type,
    actor: { kind: row.actor_kind, id: row.actor_id, label: row.actor_label },
    contact_id: row.contact_id,
    subject: { kind: row.subject_kind, id: row.subject_id },
    data: readStored(activityData, row.data),
  }
}
