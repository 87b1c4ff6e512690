import { z } from 'zod'
import * as r from '@/lib/contracts/rows/kit'
import { catalogue } from '@/lib/contracts/scopes/catalogue'
import { runOperations, runRows } from '@/lib/resources/flows/runs/contract'
import { flowConditions } from '@/lib/work/flows/contract'
import { stepsField } from '@/lib/work/steps/contract'

const status = r.choice(['enabled', 'disabled'])

// Asked when it is needed: the register has not read every contract yet.
const event = { input: z.lazy(() => z.enum(catalogue().activity_types)), shown: z.string() }

const summary = {
  id: r.idField(),
  name: r.required(r.line(200), { example: 'Thank them for signing up' }),
  description: r.optional(r.prose(2_000), { example: 'For those who are new.' }),
  status: r.kept(status),
  event: r.required(event, {
    example: 'contact.created',
    description: 'The type of the events that start a run for their contact.',
  }),
  conditions: r.initially({ input: flowConditions, shown: flowConditions }, [], {
    example: [{ field: 'contact.company', operator: 'is_not', value: 'Acme' }],
    description: 'All must hold, of the details of the event and of its contact.',
  }),
  step_count: r.shownAs(z.int()),
  ...r.stamps(),
}

/** As lists show them, without their steps. */
export const flowSummaryRows = r.defineRows({
  one: 'flow',
  schema: 'FlowSummary',
  fields: summary,
  filters: { status: r.equal(status) },
  sorts: ['created_at', 'name'],
})

const moved = (to: string) => ({ to, activity: 'flow.updated' as const, data: { fields: ['status'], status: to } })

export const flowRows = r.defineRows({
  ...flowSummaryRows,
  schema: 'Flow',
  fields: { ...summary, steps: stepsField() },
  states: {
    field: 'status',
    moves: {
      enable: { from: ['disabled'], ...moved('enabled'), stamp: 'enabled_at', after: 'The flow, at work again.' },
      disable: { from: ['enabled'], ...moved('disabled'), after: 'The flow at rest.' },
    },
  },
  activities: { ...r.lifeOf('flow'), facts: { name: 'name' } },
})

/** As activities name one. */
const RUN = {
  flow_id: '0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c',
  run_id: '0198c5a2-9f3e-7b1c-8d2a-4c5b6a7f8e9d',
}

const [read, write] = ['flows:read', 'flows:write']

export const flowsContract = r.defineResource({
  name: 'flows',
  description:
    'An event takes its contact through steps, as a sequence has them: who signs up gets a mail, and two days later a call. What a flow does never starts itself again, and at most five flows lead to each other.',
  actions: { read: 'Read flows and their runs', write: 'Create, update and delete flows; start and stop runs' },
  activities: [
    { type: 'contact.entered_flow', details: { ...RUN, event_id: RUN.run_id, event_type: 'contact.created' } },
    { type: 'contact.flow_step_carried_out', details: { ...RUN, step: 1, kind: 'email', email_id: RUN.run_id } },
    { type: 'contact.completed_flow', details: RUN },
  ],
  rows: [flowRows, runRows],
  operations: {
    list: r.listOf(flowSummaryRows, read, 'A page of flows, without their steps.'),
    create: {
      ...r.createOf(flowRows, write, 'The new flow; it is enabled.'),
      description: 'A flow that nothing could ever start is refused, with what stands in the way.',
    },
    get: r.getOf(flowRows, read, 'The flow with its steps.'),
    update: {
      ...r.patchOf(flowRows, write),
      description:
        'A JSON merge patch (RFC 7396): what is absent stays, null clears. `steps` replaces all steps; runs keep their position, and those that have as many steps behind them as there now are have completed the flow.',
    },
    delete: { ...r.removeOf(flowRows, write), description: 'Its runs go with it. Disable it to keep them.' },
    enable: { ...r.moveOf(flowRows, 'enable', write), summary: 'Enable a disabled flow', before: 'disable' },
    disable: {
      ...r.moveOf(flowRows, 'disable', write),
      description: 'Nothing starts it, and its runs rest where they are until it is enabled again.',
    },
    ...runOperations,
  },
})
