import { activitiesContract } from '@/lib/resources/activities/contract'
import { listActivities } from '@/lib/resources/activities/list'
import { implementAll } from '@/lib/resources/implement'

export const activities = implementAll(activitiesContract, {
  list: (ctx, { query }) => listActivities(ctx, query),
})
