import { z } from 'zod'
import { label, text } from '@/lib/contracts/fields'
import * as r from '@/lib/contracts/rows/kit'

/** Browser-safe: what contacts are taken through, and where they stand in it. */

const MAX_STEPS = 50

/** One thing to do. The order of the array is the order of the steps, counted from 1. */
const step = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('email'), subject: label(200), body: text(20_000).min(1, 'Write something.') }),
    z.strictObject({ kind: z.literal('task'), title: label(200) }),
    z.strictObject({
      kind: z.literal('wait'),
      hours: z.int('Whole hours.').min(1, 'At least 1 hour.').max(8_760, 'At most 8,760 hours.'),
    }),
  ],
  { error: ({ code }) => (code === 'invalid_union' ? 'A step of the kind email, task or wait.' : undefined) },
)

export type Step = z.output<typeof step>

const steps = z.array(step).min(1, 'At least one step.').max(MAX_STEPS, `At most ${MAX_STEPS} steps.`)

/** The steps of what contacts are taken through, in rows of their own. */
export const stepsField = () =>
  r.apart({
    input: steps.meta({
      example: [
        { kind: 'email', subject: 'Welcome', body: 'Good to have you here.' },
        { kind: 'wait', hours: 48 },
        { kind: 'task', title: 'Call them' },
      ],
    }),
    shown: z.array(step),
  })

export const wayStatus = r.choice(['active', 'completed', 'removed'])

/** Where a contact stands on its way through the steps. */
export const wayFields = {
  contact_id: {
    ...r.idField(),
    reference: { collection: '/contacts', table: 'contacts', one: 'contact', gone: 'cascade' },
  },
  status: r.kept(wayStatus),
  current_step: r.shownAs(
    z.int().meta({ description: 'The step to be carried out next, from 1; the last one reached at the end.' }),
  ),
  enrolled_at: r.kept(r.moment()),
  ended_at: r.kept(r.perhaps(r.moment())),
} as const
