import * as r from '@/lib/contracts/rows/kit'

const status = r.choice(['open', 'completed', 'cancelled'])

export const taskRows = r.defineRows({
  one: 'task',
  fields: {
    id: r.idField(),
    title: r.required(r.line(200), { example: 'Call Ada back' }),
    notes: r.optional(r.prose(10_000), { example: 'She prefers the morning.' }),
    status: r.kept(status),
    due_at: r.optional(r.moment(), { example: '2027-01-31T09:00:00Z' }),
    assignee_id: r.reference(
      { table: 'memberships', column: 'user_id', collection: '/users', shared: true, one: 'member', gone: 'clear' },
      { description: 'A member of the organisation, by user id.' },
    ),
    contact_id: r.reference({ table: 'contacts', one: 'contact', gone: 'clear' }),
    lead_id: r.reference({ table: 'leads', one: 'lead', gone: 'clear' }),
    ...r.stamps(),
    completed_at: r.kept(r.perhaps(r.moment())),
  },
  filters: {
    status: r.equal(status),
    assignee_id: r.equal(r.idKind()),
    contact_id: r.equal(r.idKind()),
    lead_id: r.equal(r.idKind()),
    due_before: r.earlier('due_at', { description: 'Due, and earlier than this instant.' }),
    created_after: r.later('created_at'),
  },
  sorts: ['created_at', 'updated_at'],
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

export const tasksContract = r.defineResource({
  name: 'tasks',
  description: 'What people have to do. A task is completed or cancelled, never deleted.',
  actions: { read: 'Read tasks', write: 'Create, update, complete and cancel tasks' },
  rows: [taskRows],
  operations: {
    list: r.listOf(taskRows, 'tasks:read'),
    create: r.createOf(taskRows, 'tasks:write'),
    get: r.getOf(taskRows, 'tasks:read'),
    update: r.patchOf(taskRows, 'tasks:write'),
    complete: r.moveOf(taskRows, 'complete', 'tasks:write'),
    cancel: r.moveOf(taskRows, 'cancel', 'tasks:write'),
  },
})
