import { z } from 'zod'
import { label, text } from '@/lib/contracts/fields'
import { defineRows } from '@/lib/contracts/rows/define'
import { apart, choice, idField, kept, line, moment, optional, prose, required } from '@/lib/contracts/rows/field'
import { equal } from '@/lib/contracts/rows/filter'
import { createOf, getOf, listOf, moveOf, patchOf, removeOf } from '@/lib/contracts/rows/operations'
import { defineResource } from '@/lib/contracts/rows/resource'
import { enrollmentOperations, enrollmentRows } from '@/lib/resources/sequences/enrollments/contract'

const MAX_STEPS = 50

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

const status = choice(['active', 'paused', 'archived'])

const summary = {
  id: idField(),
  name: required(line(200), { example: 'Welcome' }),
  description: optional(prose(2_000), { example: 'For those who signed up.' }),
  status: kept(status),
  step_count: kept({ input: z.int(), shown: z.int() }),
  created_at: kept(moment()),
  updated_at: kept(moment()),
}

const moved = (to: string) => ({ to, activity: 'sequence.updated' as const, data: { fields: ['status'], status: to } })

/** As lists show them, without their steps. */
export const summaryRows = defineRows({
  table: 'sequences',
  schema: 'SequenceSummary',
  one: 'sequence',
  many: 'sequences',
  fields: summary,
  filters: { status: equal(status.input) },
  sorts: ['created_at', 'name'],
  sort: '-created_at',
})

export const sequenceRows = defineRows({
  ...summaryRows,
  schema: 'Sequence',
  fields: {
    ...summary,
    steps: apart({
      input: steps.meta({
        example: [
          { kind: 'email', subject: 'Welcome', body: 'Good to have you here.' },
          { kind: 'wait', hours: 48 },
          { kind: 'task', title: 'Call them' },
        ],
      }),
      shown: z.array(step),
    }),
  },
  states: {
    field: 'status',
    // Nothing leaves the archive.
    moves: {
      pause: { from: ['active'], ...moved('paused'), after: 'The paused sequence.' },
      resume: { from: ['paused'], ...moved('active'), after: 'The sequence, active again.' },
      archive: { from: ['active', 'paused'], ...moved('archived'), after: 'The archived sequence.' },
    },
  },
  activities: {
    subject: 'sequence',
    create: 'sequence.created',
    change: 'sequence.updated',
    remove: 'sequence.deleted',
    facts: { name: 'name' },
  },
})

const at = '/sequences'
const [read, write] = ['sequences:read', 'sequences:write']
const list = listOf(summaryRows, { at, scope: read })
const create = createOf(sequenceRows, { at, scope: write })
const get = getOf(sequenceRows, { at, scope: read })

export const sequencesContract = defineResource({
  name: 'sequences',
  title: 'Sequences',
  description: 'Steps that contacts are taken through, one after the other: emails, tasks and waits.',
  actions: {
    read: 'Read sequences and enrollment status',
    write: 'Create, update and delete sequences; enroll and remove contacts',
  },
  activities: ['contact.enrolled', 'contact.completed_sequence'],
  rows: [sequenceRows, enrollmentRows],
  operations: {
    list: { ...list, reply: { ...list.reply, description: 'A page of sequences, without their steps.' } },
    create: { ...create, reply: { ...create.reply, description: 'The new sequence; it is active.' } },
    get: { ...get, reply: { ...get.reply, description: 'The sequence with its steps.' } },
    update: {
      ...patchOf(sequenceRows, { at, scope: write }),
      description:
        'A JSON merge patch (RFC 7396): what is absent stays, null clears. `steps` replaces all steps; enrolled contacts keep their position, and those who have as many steps behind them as there now are have completed the sequence.',
      errors: ['wrong_state'],
    },
    delete: {
      ...removeOf(sequenceRows, { at, scope: write }),
      description: 'Its enrollments go with it. Archive it to keep them.',
    },
    pause: {
      ...moveOf(sequenceRows, 'pause', { at, scope: write }),
      summary: 'Pause an active sequence',
      description: 'Enrolled contacts keep their position; nobody is enrolled until it is resumed.',
    },
    resume: { ...moveOf(sequenceRows, 'resume', { at, scope: write }), summary: 'Resume a paused sequence' },
    archive: {
      ...moveOf(sequenceRows, 'archive', { at, scope: write }),
      description: 'For good: its active enrollments end as removed, and it can only be read or deleted.',
    },
    ...enrollmentOperations,
  },
})
