import { z } from 'zod'
import { id } from '@/lib/contracts/fields'
import * as r from '@/lib/contracts/rows/kit'
import { catalogue } from '@/lib/contracts/scopes/catalogue'

/** What stands for the prefix of a key that was deleted. */
export const A_DELETED_KEY = 'a deleted key'

export const activityRows = r.defineRows({
  one: 'activity',
  many: 'activities',
  fields: {
    id: r.idField(),
    at: r.kept(r.moment()),
    type: r.shownAs(z.string().meta({ description: 'More types may come; ignore those that you do not know.' })),
    actor: r.shownAs(
      z.object({
        kind: z.string().meta({
          description:
            '`key` for a change over the API, `sequence` and `flow` for one of their steps, `campaign` for its mails, `form` for what somebody has answered, `contact` for what they did by a link in a mail.',
        }),
        id: id().nullable(),
        label: z.string().meta({
          description: `The leading characters of the key, or \`${A_DELETED_KEY}\` once it is deleted; the name of the sequence, flow, campaign or form, or the email of the contact, as they were then.`,
        }),
      }),
    ),
    contact_id: r.shownAs(id().nullable().meta({ description: 'The contact whose history this belongs to.' })),
    subject: r.shownAs(z.object({ kind: z.string(), id: id() }).meta({ description: 'The row that it happened to.' })),
    data: r.shownAs(z.record(z.string(), z.unknown())),
  },
  filters: {
    contact_id: r.equal(r.idKind()),
    // Asked when it is needed: the register has not read every contract yet.
    type: r.equal({ input: z.lazy(() => z.enum(catalogue().activity_types)) }),
    after: r.later('at', { description: 'Later than this instant.' }),
    before: r.earlier('at', { description: 'Earlier than this instant.' }),
  },
  sorts: ['at'],
})

export const activitiesContract = r.defineResource({
  name: 'activities',
  description: 'What happened to your rows: who did what, when, and for which contact.',
  actions: { read: 'Read the activity stream' },
  rows: [activityRows],
  operations: {
    list: r.listOf(activityRows, 'activities:read', 'A page of activities, the newest first.'),
  },
})
