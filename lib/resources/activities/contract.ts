import { z } from 'zod'
import { id as idText } from '@/lib/contracts/fields'
import { defineRows } from '@/lib/contracts/rows/define'
import { idField, kept, moment } from '@/lib/contracts/rows/field'
import { earlier, equal, later } from '@/lib/contracts/rows/filter'
import { listOf } from '@/lib/contracts/rows/operations'
import { defineResource } from '@/lib/contracts/rows/resource'
import { catalogue } from '@/lib/contracts/scopes/catalogue'

const shownAs = <Schema extends z.ZodType>(schema: Schema) => kept({ input: schema, shown: schema })

export const activityRows = defineRows({
  table: 'activities',
  schema: 'Activity',
  one: 'activity',
  many: 'activities',
  fields: {
    id: idField(),
    at: kept(moment()),
    type: shownAs(z.string().meta({ description: 'More types may come; ignore those that you do not know.' })),
    actor: shownAs(
      z.object({
        kind: z.string().meta({ description: '`key` for a change over the API.' }),
        id: idText().nullable(),
        label: z.string().meta({ description: 'The leading characters of the key, as they were then.' }),
      }),
    ),
    contact_id: shownAs(idText().nullable().meta({ description: 'The contact whose history this belongs to.' })),
    subject: shownAs(
      z.object({ kind: z.string(), id: idText() }).meta({ description: 'The row that it happened to.' }),
    ),
    data: shownAs(z.record(z.string(), z.unknown())),
  },
  filters: {
    contact_id: equal(idText()),
    // Asked when it is needed: the register has not read every contract yet.
    type: equal(z.lazy(() => z.enum(catalogue().activity_types))),
    after: later('at', { description: 'Later than this instant.' }),
    before: earlier('at', { description: 'Earlier than this instant.' }),
  },
  sorts: ['at'],
  sort: '-at',
})

const list = listOf(activityRows, { at: '/activities', scope: 'activities:read' })

export const activitiesContract = defineResource({
  name: 'activities',
  title: 'Activities',
  description: 'What happened to your rows: who did what, when, and for which contact.',
  actions: { read: 'Read the activity stream' },
  rows: [activityRows],
  operations: {
    list: { ...list, reply: { ...list.reply, description: 'A page of activities, the newest first.' } },
  },
})
