import { id as idText } from '@/lib/contracts/fields'
import { defineRows } from '@/lib/contracts/rows/define'
import {
  choice,
  idField,
  kept,
  line,
  moment,
  optional,
  perhaps,
  prose,
  reference,
  required,
} from '@/lib/contracts/rows/field'
import { earlier, equal, later } from '@/lib/contracts/rows/filter'
import { createOf, getOf, listOf, moveOf, patchOf } from '@/lib/contracts/rows/operations'
import { defineResource } from '@/lib/contracts/rows/resource'

const status = choice(['open', 'completed', 'cancelled'])

export const taskRows = defineRows({
  table: 'tasks',
  schema: 'Task',
  one: 'task',
  many: 'tasks',
  fields: {
    id: idField(),
    title: required(line(200), { example: 'Call Ada back' }),
    notes: optional(prose(10_000), { example: 'She prefers the morning.' }),
    status: kept(status),
    due_at: optional(moment(), { example: '2027-01-31T09:00:00Z' }),
    assignee_id: reference(
      {
        collection: '/users',
        table: 'memberships',
        column: 'user_id',
        shared: true,
        one: 'member',
        gone: 'clear',
      },
      { description: 'A member of the organisation, by user id.' },
    ),
    contact_id: reference({ collection: '/contacts', table: 'contacts', one: 'contact', gone: 'clear' }),
    lead_id: reference({ collection: '/leads', table: 'leads', one: 'lead', gone: 'clear' }),
    created_at: kept(moment()),
    updated_at: kept(moment()),
    completed_at: kept(perhaps(moment())),
  },
  filters: {
    status: equal(status.input),
    assignee_id: equal(idText()),
    contact_id: equal(idText()),
    lead_id: equal(idText()),
    due_before: earlier('due_at', { description: 'Due, and earlier than this instant.' }),
    created_after: later('created_at'),
  },
  sorts: ['created_at', 'updated_at'],
  sort: '-created_at',
  states: {
    field: 'status',
    moves: {
      complete: {
        from: ['open'],
        to: 'completed',
        stamp: 'completed_at',
        activity: 'task.completed',
        after: 'The completed task.',
      },
      cancel: { from: ['open'], to: 'cancelled', activity: 'task.cancelled', after: 'The cancelled task.' },
    },
  },
  activities: { subject: 'task', contact: 'contact_id', create: 'task.created', change: 'task.updated' },
})

const at = '/tasks'
const [read, write] = ['tasks:read', 'tasks:write']

export const tasksContract = defineResource({
  name: 'tasks',
  title: 'Tasks',
  description: 'What people have to do. A task is completed or cancelled, never deleted.',
  actions: { read: 'Read tasks', write: 'Create, update, complete and cancel tasks' },
  rows: [taskRows],
  operations: {
    list: listOf(taskRows, { at, scope: read }),
    create: createOf(taskRows, { at, scope: write }),
    get: getOf(taskRows, { at, scope: read }),
    update: patchOf(taskRows, { at, scope: write }),
    complete: moveOf(taskRows, 'complete', { at, scope: write }),
    cancel: moveOf(taskRows, 'cancel', { at, scope: write }),
  },
})
