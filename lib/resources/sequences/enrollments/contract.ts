import { z } from 'zod'
import { id, instant } from '@/lib/contracts/fields'
import type { Operation } from '@/lib/contracts/operation'
import { pageOf, pageQuery, sortQuery } from '@/lib/contracts/page'

const MAX_BULK = 100

const EXAMPLE_ID = '0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c'

const status = z.enum(['active', 'completed', 'removed'])

const enrollment = z.object({
  id: id(),
  sequence_id: id(),
  contact_id: id(),
  status,
  current_step: z
    .int()
    .meta({ description: 'The step to be carried out next, from 1; the last one reached at the end.' }),
  enrolled_at: instant(),
  ended_at: instant().nullable(),
})

const bulkResult = z.object({
  id: id().meta({ description: 'The contact.' }),
  result: z.enum(['enrolled', 'already_enrolled', 'excluded', 'not_found']),
  enrollment_id: id().nullable().meta({ description: 'The active enrollment; null where there is none.' }),
  exclusion_id: id().nullable().meta({ description: 'The rule that excludes the contact.' }),
})

const ofSequence = z.object({ id: id() })
const ofEnrollment = z.object({ id: id(), enrollment_id: id() })

/** The operations of a sequence's contacts: part of the sequences' contract. */
export const enrollmentOperations = {
  enroll: {
    method: 'post',
    path: '/sequences/{id}/enrollments',
    scope: 'sequences:write',
    summary: 'Enroll a contact',
    description: 'The sequence must be active. An excluded contact is refused, and so is one who is enrolled.',
    params: ofSequence,
    body: z.strictObject({ contact_id: id().meta({ example: EXAMPLE_ID }) }),
    errors: ['already_exists', 'contact_excluded', 'wrong_state'],
    reply: { status: 201, schema: enrollment, description: 'The new enrollment, at the first step.' },
  },
  enrollMany: {
    method: 'post',
    path: '/sequences/{id}/enrollments/bulk',
    scope: 'sequences:write',
    summary: 'Enroll up to 100 contacts',
    description: 'What stands in the way of one contact is told beside it and stops no other.',
    params: ofSequence,
    body: z.strictObject({
      contact_ids: z
        .array(id().toLowerCase())
        .min(1, 'At least one contact.')
        .max(MAX_BULK, `At most ${MAX_BULK} contacts.`)
        .meta({ example: [EXAMPLE_ID] }),
    }),
    errors: ['wrong_state'],
    reply: {
      status: 200,
      schema: z.object({ data: z.array(bulkResult) }),
      description: 'One result for each contact, in the order in which they were sent.',
    },
  },
  listEnrollments: {
    method: 'get',
    path: '/sequences/{id}/enrollments',
    scope: 'sequences:read',
    summary: 'List enrollments',
    params: ofSequence,
    query: z.strictObject({
      ...pageQuery,
      status: status.optional(),
      contact_id: id().optional(),
      sort: sortQuery(['enrolled_at'], '-enrolled_at'),
    }),
    reply: { status: 200, schema: pageOf(enrollment), description: 'A page of enrollments, ended ones too.' },
  },
  getEnrollment: {
    method: 'get',
    path: '/sequences/{id}/enrollments/{enrollment_id}',
    scope: 'sequences:read',
    summary: 'Get an enrollment',
    params: ofEnrollment,
    reply: { status: 200, schema: enrollment, description: 'The enrollment.' },
  },
  unenroll: {
    method: 'delete',
    path: '/sequences/{id}/enrollments/{enrollment_id}',
    scope: 'sequences:write',
    summary: 'Remove a contact from a sequence',
    description: 'Ends an active enrollment as removed. The enrollment is kept, and the contact may be enrolled again.',
    params: ofEnrollment,
    errors: ['wrong_state'],
    reply: { status: 200, schema: enrollment, description: 'The enrollment as it ended.' },
  },
} as const satisfies Record<string, Operation>
