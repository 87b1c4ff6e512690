import { implement } from '@/lib/kernel/rows/implement'
import { activitiesContract } from '@/lib/resources/activities/contract'
import { listActivities } from '@/lib/resources/activities/list'

export const activities = implement(activitiesContract, {
  list: (ctx, { query }) => listActivities(ctx, query),
})
