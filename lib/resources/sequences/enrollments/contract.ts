import { z } from 'zod'
import { bulkOf, contactId, contactIds } from '@/lib/contracts/bulk'
import { id } from '@/lib/contracts/fields'
import * as r from '@/lib/contracts/rows/kit'
import { wayFields, wayStatus } from '@/lib/work/steps/contract'

export const enrollmentRows = r.defineRows({
  one: 'enrollment',
  at: '/sequences/{id}/enrollments',
  within: { column: 'sequence_id', table: 'sequences', one: 'sequence' },
  fields: {
    id: r.idField(),
    sequence_id: r.idField(),
    ...wayFields,
  },
  filters: { status: r.equal(wayStatus), contact_id: r.equal(r.idKind()) },
  sorts: ['enrolled_at'],
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

const bulkResult = r.named('EnrollmentResult', {
  id: id().meta({ description: 'The contact.' }),
  result: z.enum(['enrolled', 'already_enrolled', 'excluded', 'not_found']),
  enrollment_id: id().nullable().meta({ description: 'The active enrollment; null where there is none.' }),
  exclusion_id: id().nullable().meta({ description: 'The rule that excludes the contact.' }),
})

const params = z.object({ id: id() })

const { at } = enrollmentRows
const [read, write] = ['sequences:read', 'sequences:write']
const ofEnrollment = { path: `${at}/{enrollment_id}`, params: z.object({ id: id(), enrollment_id: id() }) } as const

/** The operations of a sequence's contacts: part of the sequences' contract. */
export const enrollmentOperations = {
  enroll: {
    ...r.createOf(enrollmentRows, write, 'The new enrollment, at the first step.'),
    summary: 'Enroll a contact',
    description: 'The sequence must be active. An excluded contact is refused, and so is one who is enrolled.',
    params,
    body: z.strictObject({ contact_id: contactId() }),
    references: { contact_id: '/contacts' },
    errors: ['already_exists', 'contact_excluded', 'wrong_state'],
  },
  enrollMany: {
    ...bulkOf({
      path: `${at}/bulk`,
      scope: write,
      summary: 'Enroll up to 100 contacts',
      body: z.strictObject({ contact_ids: contactIds() }),
      result: bulkResult,
    }),
    description: 'What stands in the way of one contact is told beside it and stops no other.',
    references: { contact_ids: '/contacts' },
    errors: ['wrong_state'],
  },
  listEnrollments: { ...r.listOf(enrollmentRows, read, 'A page of enrollments, ended ones too.'), params },
  getEnrollment: { ...r.getOf(enrollmentRows, read), ...ofEnrollment },
  unenroll: {
    ...r.moveOf(enrollmentRows, 'remove', write),
    ...ofEnrollment,
    method: 'delete',
    summary: 'Remove a contact from a sequence',
    description: 'Ends an active enrollment as removed. The enrollment is kept, and the contact may be enrolled again.',
  },
} as const satisfies Record<string, r.Operation>
