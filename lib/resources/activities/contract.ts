import { z } from 'zod'
import { ACTIVITY_TYPES } from '@/lib/contracts/activity-types'
import { id, instant } from '@/lib/contracts/fields'
import { defineResource } from '@/lib/contracts/operation'
import { pageOf, pageQuery, sortQuery } from '@/lib/contracts/page'

/** What goes with an activity depends on its type. */
export const activityData = z.record(z.string(), z.unknown())

const activity = z.object({
  id: id(),
  at: instant(),
  type: z.string().meta({ description: 'More types may come; ignore those that you do not know.' }),
  actor: z.object({
    kind: z.string().meta({ description: '`key` for a change over the API.' }),
    id: id().nullable(),
    label: z.string().meta({ description: 'The leading characters of the key, as they were then.' }),
  }),
  contact_id: id().nullable().meta({ description: 'The contact whose history this belongs to.' }),
  subject: z.object({ kind: z.string(), id: id() }).meta({ description: 'The row that it happened to.' }),
  data: activityData,
})

export const activitiesContract = defineResource({
  name: 'activities',
  title: 'Activities',
  description: 'What happened to your rows: who did what, when, and for which contact.',
  actions: { read: 'Read the activity stream' },
  operations: {
    list: {
      method: 'get',
      path: '/activities',
      scope: 'activities:read',
      summary: 'List activities',
      query: z.strictObject({
        ...pageQuery,
        contact_id: id().optional(),
        type: z.enum(ACTIVITY_TYPES).optional(),
        after: instant().optional().meta({ description: 'Later than this instant.' }),
        before: instant().optional().meta({ description: 'Earlier than this instant.' }),
        sort: sortQuery(['at'], '-at'),
      }),
      reply: { status: 200, schema: pageOf(activity), description: 'A page of activities, the newest first.' },
    },
  },
})
