import { z } from 'zod'
import { contactId } from '@/lib/contracts/bulk'
import { id, instant } from '@/lib/contracts/fields'
import * as r from '@/lib/contracts/rows/kit'
import { wayFields, wayStatus } from '@/lib/work/steps/contract'

const event = z
  .object({ id: id(), type: z.string(), at: instant() })
  .nullable()
  .meta({ description: 'What started it; null: a key did.' })

const happened = z.object({
  at: instant(),
  type: z.string().meta({ description: 'As in the stream of activities.' }),
  step: z.int().nullable(),
  kind: z.string().nullable(),
  task_id: id().nullable(),
  email_id: id()
    .nullable()
    .meta({ description: 'The mail of an email step; null where the contact had unsubscribed by then.' }),
})

const summary = {
  id: r.idField(),
  flow_id: r.idField(),
  ...wayFields,
  event: r.shownAs(event),
}

/** As lists show them, without what has happened. */
export const runSummaryRows = r.defineRows({
  one: 'run',
  schema: 'FlowRunSummary',
  table: 'enrollments',
  at: '/flows/{id}/runs',
  within: { column: 'flow_id', table: 'flows', one: 'flow' },
  fields: summary,
  filters: { status: r.equal(wayStatus), contact_id: r.equal(r.idKind()) },
  sorts: ['enrolled_at'],
})

export const runRows = r.defineRows({
  ...runSummaryRows,
  schema: 'FlowRun',
  fields: {
    ...summary,
    happened: r.shownAs(z.array(happened).meta({ description: 'The steps that were carried out, and how it ended.' })),
  },
  states: {
    field: 'status',
    moves: {
      stop: {
        from: ['active'],
        to: 'removed',
        stamp: 'ended_at',
        activity: 'contact.left_flow',
        after: 'The run as it ended.',
      },
    },
  },
  activities: {
    subject: 'contact',
    subject_id: 'contact_id',
    contact: 'contact_id',
    facts: { flow_id: 'flow_id', run_id: 'id' },
  },
})

const { at } = runRows
const [read, write] = ['flows:read', 'flows:write']
const params = z.object({ id: id() })
const ofRun = { params: z.object({ id: id(), run_id: id() }) } as const

/** The operations of a flow's runs: part of the flows' contract. */
export const runOperations = {
  listRuns: { ...r.listOf(runSummaryRows, read, 'A page of runs, ended ones too.'), params },
  startRun: {
    ...r.createOf(runRows, write, 'The new run, at the first step.'),
    summary: 'Start a run',
    description:
      'For one contact, whatever the event and the conditions are. The flow must be enabled; a contact who is excluded, or on the way through this flow, is refused.',
    params,
    body: z.strictObject({ contact_id: contactId() }),
    references: { contact_id: '/contacts' },
    errors: ['already_exists', 'contact_excluded', 'wrong_state'],
  },
  getRun: { ...r.getOf(runRows, read, 'The run, with what has happened in it.'), ...ofRun, path: `${at}/{run_id}` },
  stopRun: {
    ...r.moveOf(runRows, 'stop', write),
    ...ofRun,
    path: `${at}/{run_id}/stop`,
    description: 'It is kept, as removed.',
  },
} as const satisfies Record<string, r.Operation>
