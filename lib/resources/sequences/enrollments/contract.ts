import { z } from 'zod'
import { id as idText } from '@/lib/contracts/fields'
import type { Operation } from '@/lib/contracts/operation'
import { defineRows } from '@/lib/contracts/rows/define'
import { choice, idField, kept, moment, perhaps } from '@/lib/contracts/rows/field'
import { equal } from '@/lib/contracts/rows/filter'
import { createOf, getOf, listOf, moveOf } from '@/lib/contracts/rows/operations'

const MAX_BULK = 100

const EXAMPLE_ID = '0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c'

const status = choice(['active', 'completed', 'removed'])

const otherId = () => kept({ input: idText(), shown: idText() })

const step = z.int().meta({ description: 'The step to be carried out next, from 1; the last one reached at the end.' })

export const enrollmentRows = defineRows({
  table: 'enrollments',
  schema: 'Enrollment',
  one: 'enrollment',
  many: 'enrollments',
  within: { column: 'sequence_id', table: 'sequences', one: 'sequence' },
  fields: {
    id: idField(),
    sequence_id: otherId(),
    contact_id: {
      ...otherId(),
      reference: { collection: '/contacts', table: 'contacts', one: 'contact', gone: 'cascade' },
    },
    status: kept(status),
    current_step: kept({ input: step, shown: step }),
    enrolled_at: kept(moment()),
    ended_at: kept(perhaps(moment())),
  },
  filters: { status: equal(status.input), contact_id: equal(idText()) },
  sorts: ['enrolled_at'],
  sort: '-enrolled_at',
  states: {
    field: 'status',
    moves: {
      remove: {
        from: ['active'],
        to: 'removed',
        stamp: 'ended_at',
        activity: 'contact.unenrolled',
        after: 'The enrollment as it ended.',
      },
    },
  },
  activities: {
    subject: 'contact',
    subject_id: 'contact_id',
    contact: 'contact_id',
    facts: { sequence_id: 'sequence_id', enrollment_id: 'id' },
  },
})

const bulkResult = z
  .object({
    id: idText().meta({ description: 'The contact.' }),
    result: z.enum(['enrolled', 'already_enrolled', 'excluded', 'not_found']),
    enrollment_id: idText().nullable().meta({ description: 'The active enrollment; null where there is none.' }),
    exclusion_id: idText().nullable().meta({ description: 'The rule that excludes the contact.' }),
  })
  .meta({ id: 'EnrollmentResult' })

const params = z.object({ id: idText() })

const at = '/sequences/{id}/enrollments'
const [read, write] = ['sequences:read', 'sequences:write']
const ofEnrollment = {
  path: `${at}/{enrollment_id}`,
  params: z.object({ id: idText(), enrollment_id: idText() }),
} as const
const list = listOf(enrollmentRows, { at, scope: read })
const create = createOf(enrollmentRows, { at, scope: write })

/** The operations of a sequence's contacts: part of the sequences' contract. */
export const enrollmentOperations = {
  enroll: {
    ...create,
    summary: 'Enroll a contact',
    description: 'The sequence must be active. An excluded contact is refused, and so is one who is enrolled.',
    params,
    body: z.strictObject({ contact_id: idText().meta({ example: EXAMPLE_ID }) }),
    references: { contact_id: '/contacts' },
    errors: ['already_exists', 'contact_excluded', 'wrong_state'],
    reply: { ...create.reply, description: 'The new enrollment, at the first step.' },
  },
  enrollMany: {
    method: 'post',
    path: `${at}/bulk`,
    scope: write,
    summary: 'Enroll up to 100 contacts',
    description: 'What stands in the way of one contact is told beside it and stops no other.',
    params,
    body: z.strictObject({
      contact_ids: z
        .array(idText().toLowerCase())
        .min(1, 'At least one contact.')
        .max(MAX_BULK, `At most ${MAX_BULK} contacts.`)
        .meta({ example: [EXAMPLE_ID] }),
    }),
    references: { contact_ids: '/contacts' },
    errors: ['wrong_state'],
    reply: {
      status: 200,
      schema: z.object({ data: z.array(bulkResult) }),
      description: 'One result for each contact, in the order in which they were sent.',
    },
  },
  listEnrollments: {
    ...list,
    params,
    reply: { ...list.reply, description: 'A page of enrollments, ended ones too.' },
  },
  getEnrollment: { ...getOf(enrollmentRows, { at, scope: read }), ...ofEnrollment },
  unenroll: {
    ...moveOf(enrollmentRows, 'remove', { at, scope: write }),
    ...ofEnrollment,
    method: 'delete',
    summary: 'Remove a contact from a sequence',
    description: 'Ends an active enrollment as removed. The enrollment is kept, and the contact may be enrolled again.',
  },
} as const satisfies Record<string, Operation>
