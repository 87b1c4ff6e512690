import { z } from 'zod'
import * as r from '@/lib/contracts/rows/kit'
import { enrollmentOperations, enrollmentRows } from '@/lib/resources/sequences/enrollments/contract'
import { stepsField } from '@/lib/work/steps/contract'

const status = r.choice(['active', 'paused', 'archived'])

const summary = {
  id: r.idField(),
  name: r.required(r.line(200), { example: 'Welcome' }),
  description: r.optional(r.prose(2_000), { example: 'For those who signed up.' }),
  status: r.kept(status),
  step_count: r.shownAs(z.int()),
  ...r.stamps(),
}

const moved = (to: string) => ({ to, activity: 'sequence.updated' as const, data: { fields: ['status'], status: to } })

/** As lists show them, without their steps. */
export const summaryRows = r.defineRows({
  one: 'sequence',
  schema: 'SequenceSummary',
  fields: summary,
  filters: { status: r.equal(status) },
  sorts: ['created_at', 'name'],
})

export const sequenceRows = r.defineRows({
  ...summaryRows,
  schema: 'Sequence',
  fields: {
    ...summary,
    steps: stepsField(),
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
  activities: { ...r.lifeOf('sequence'), facts: { name: 'name' } },
})

/** As activities name one. */
const ENROLLMENT = {
  sequence_id: '0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c',
  enrollment_id: '0198c5a2-9f3e-7b1c-8d2a-4c5b6a7f8e9d',
}

const [read, write] = ['sequences:read', 'sequences:write']

export const sequencesContract = r.defineResource({
  name: 'sequences',
  description:
    'Steps that contacts are taken through, one after the other: emails, tasks and waits. A step is carried out within seconds of being due; emails are from the first sender of your organisation. Whoever is excluded leaves at the next step.',
  actions: {
    read: 'Read sequences and enrollment status',
    write: 'Create, update and delete sequences; enroll and remove contacts',
  },
  activities: [
    { type: 'contact.enrolled', details: ENROLLMENT },
    {
      type: 'contact.step_carried_out',
      details: { ...ENROLLMENT, step: 1, kind: 'email', email_id: ENROLLMENT.enrollment_id },
    },
    { type: 'contact.completed_sequence', details: ENROLLMENT },
  ],
  rows: [sequenceRows, enrollmentRows],
  operations: {
    list: r.listOf(summaryRows, read, 'A page of sequences, without their steps.'),
    create: r.createOf(sequenceRows, write, 'The new sequence; it is active.'),
    get: r.getOf(sequenceRows, read, 'The sequence with its steps.'),
    update: {
      ...r.patchOf(sequenceRows, write),
      description:
        'A JSON merge patch (RFC 7396): what is absent stays, null clears. `steps` replaces all steps; enrolled contacts keep their position, and those who have as many steps behind them as there now are have completed the sequence.',
      errors: ['wrong_state'],
    },
    delete: { ...r.removeOf(sequenceRows, write), description: 'Its enrollments go with it. Archive it to keep them.' },
    pause: {
      ...r.moveOf(sequenceRows, 'pause', write),
      summary: 'Pause an active sequence',
      description:
        'Enrolled contacts keep their position, and nothing is carried out; nobody is enrolled until it is resumed.',
    },
    resume: { ...r.moveOf(sequenceRows, 'resume', write), summary: 'Resume a paused sequence', before: 'pause' },
    archive: {
      ...r.moveOf(sequenceRows, 'archive', write),
      description: 'For good: its active enrollments end as removed, and it can only be read or deleted.',
    },
    ...enrollmentOperations,
  },
})
