import { activitiesContract } from '@/lib/resources/activities/contract'
import { listActivities } from '@/lib/resources/activities/list'
import { implement } from '@/lib/kernel/rows/implement'

export const activities = implement(activitiesContract, {
  list: (ctx, { query }) => listActivities(ctx, query),
})
