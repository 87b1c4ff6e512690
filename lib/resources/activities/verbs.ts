import { implement, paged, serve, sql, table } from '@/lib/kernel/rows/kit'
import { A_DELETED_KEY, activitiesContract, activityRows } from '@/lib/resources/activities/contract'

/** Of a key that was deleted the prefix stays in the audit log alone. */
const label = sql`CASE
  WHEN t.actor_kind = 'key' AND t.actor_id IS NOT NULL AND NOT EXISTS (SELECT FROM api_keys k WHERE k.id = t.actor_id)
  THEN ${A_DELETED_KEY} ELSE t.actor_label END`

const activities = table(activityRows, {
  shown: {
    actor: sql`json_build_object('kind', t.actor_kind, 'id', t.actor_id, 'label', ${label})`,
    subject: sql`json_build_object('kind', t.subject_kind, 'id', t.subject_id)`,
  },
})

export const activitiesApi = serve(activitiesContract, [
  implement(activitiesContract.operations.list, (ctx, { query }) => paged(ctx, activities, query)),
])
