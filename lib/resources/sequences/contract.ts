import { z } from 'zod'
import { id, instant, label, text } from '@/lib/contracts/fields'
import { defineResource } from '@/lib/contracts/operation'
import { pageOf, pageQuery, sortQuery } from '@/lib/contracts/page'
import { enrollmentOperations } from '@/lib/resources/sequences/enrollments/contract'

const MAX_STEPS = 50

const status = z.enum(['active', 'paused', 'archived'])

/** One thing to do. The order of the array is the order of the steps, counted from 1. */
export const step = z.discriminatedUnion(
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

const steps = z.array(step).min(1, 'At least one step.').max(MAX_STEPS, `At most ${MAX_STEPS} steps.`)

const writable = {
  name: label(200).meta({ example: 'Welcome' }),
  description: text(2_000).nullable().optional().meta({ example: 'For those who signed up.' }),
  steps: steps.meta({
    example: [
      { kind: 'email', subject: 'Welcome', body: 'Good to have you here.' },
      { kind: 'wait', hours: 48 },
      { kind: 'task', title: 'Call them' },
    ],
  }),
}

const summary = z.object({
  id: id(),
  name: z.string(),
  description: z.string().nullable(),
  status,
  step_count: z.int(),
  created_at: instant(),
  updated_at: instant(),
})

const sequence = summary.extend({ steps: z.array(step) })

const params = z.object({ id: id() })

export const sequencesContract = defineResource({
  name: 'sequences',
  title: 'Sequences',
  description: 'Steps that contacts are taken through, one after the other: emails, tasks and waits.',
  actions: {
    read: 'Read sequences and enrollment status',
    write: 'Create, update and delete sequences; enroll and remove contacts',
  },
  operations: {
    list: {
      method: 'get',
      path: '/sequences',
      scope: 'sequences:read',
      summary: 'List sequences',
      query: z.strictObject({
        ...pageQuery,
        status: status.optional(),
        sort: sortQuery(['created_at', 'name'], '-created_at'),
      }),
      reply: { status: 200, schema: pageOf(summary), description: 'A page of sequences, without their steps.' },
    },
    create: {
      method: 'post',
      path: '/sequences',
      scope: 'sequences:write',
      summary: 'Create a sequence',
      body: z.strictObject(writable),
      reply: { status: 201, schema: sequence, description: 'The new sequence; it is active.' },
    },
    get: {
      method: 'get',
      path: '/sequences/{id}',
      scope: 'sequences:read',
      summary: 'Get a sequence',
      params,
      reply: { status: 200, schema: sequence, description: 'The sequence with its steps.' },
    },
    update: {
      method: 'patch',
      path: '/sequences/{id}',
      scope: 'sequences:write',
      summary: 'Update a sequence',
      description:
        'A JSON merge patch (RFC 7396): what is absent stays, null clears. `steps` replaces all steps; enrolled contacts keep their position, and those who have as many steps behind them as there now are have completed the sequence.',
      params,
      body: z.strictObject(writable).partial(),
      errors: ['wrong_state'],
      reply: { status: 200, schema: sequence, description: 'The sequence as it is now.' },
    },
    delete: {
      method: 'delete',
      path: '/sequences/{id}',
      scope: 'sequences:write',
      summary: 'Delete a sequence',
      description: 'Its enrollments go with it. Archive it to keep them.',
      params,
      reply: { status: 204, schema: null, description: 'The sequence is gone.' },
    },
    pause: {
      method: 'post',
      path: '/sequences/{id}/pause',
      scope: 'sequences:write',
      summary: 'Pause an active sequence',
      description: 'Enrolled contacts keep their position; nobody is enrolled until it is resumed.',
      params,
      errors: ['wrong_state'],
      reply: { status: 200, schema: sequence, description: 'The paused sequence.' },
    },
    resume: {
      method: 'post',
      path: '/sequences/{id}/resume',
      scope: 'sequences:write',
      summary: 'Resume a paused sequence',
      params,
      errors: ['wrong_state'],
      reply: { status: 200, schema: sequence, description: 'The sequence, active again.' },
    },
    archive: {
      method: 'post',
      path: '/sequences/{id}/archive',
      scope: 'sequences:write',
      summary: 'Archive a sequence',
      description: 'For good: its active enrollments end as removed, and it can only be read or deleted.',
      params,
      errors: ['wrong_state'],
      reply: { status: 200, schema: sequence, description: 'The archived sequence.' },
    },
    ...enrollmentOperations,
  },
})
