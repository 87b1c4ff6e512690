import { implement, paged, serve, sql, table } from '@/lib/kernel/rows/kit'
import { activitiesContract, activityRows } from '@/lib/resources/activities/contract'

const activities = table(activityRows, {
  shown: {
    actor: sql`json_build_object('kind', t.actor_kind, 'id', t.actor_id, 'label', t.actor_label)`,
    subject: sql`json_build_object('kind', t.subject_kind, 'id', t.subject_id)`,
  },
})

export const activitiesApi = serve(activitiesContract, [
  implement(activitiesContract.operations.list, (ctx, { query }) => paged(ctx, activities, query)),
])
