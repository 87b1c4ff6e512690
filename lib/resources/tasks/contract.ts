import { z } from 'zod'
import { id, instant, label, text } from '@/lib/contracts/fields'
import { defineResource } from '@/lib/contracts/operation'
import { pageOf, pageQuery, sortQuery } from '@/lib/contracts/page'

const status = z.enum(['open', 'completed', 'cancelled'])

const writable = {
  title: label(200).meta({ example: 'Call Ada back' }),
  notes: text(10_000).nullable().optional().meta({ example: 'She prefers the morning.' }),
  due_at: instant().nullable().optional().meta({ example: '2027-01-31T09:00:00Z' }),
  assignee_id: id().nullable().optional().meta({ description: 'A member of the organisation, by user id.' }),
  contact_id: id().nullable().optional(),
  lead_id: id().nullable().optional(),
}

const task = z.object({
  id: id(),
  title: z.string(),
  notes: z.string().nullable(),
  status,
  due_at: instant().nullable(),
  assignee_id: id().nullable(),
  contact_id: id().nullable(),
  lead_id: id().nullable(),
  created_at: instant(),
  updated_at: instant(),
  completed_at: instant().nullable(),
})

const params = z.object({ id: id() })

export const tasksContract = defineResource({
  name: 'tasks',
  title: 'Tasks',
  description: 'What people have to do. A task is completed or cancelled, never deleted.',
  actions: { read: 'Read tasks', write: 'Create, update, complete and cancel tasks' },
  operations: {
    list: {
      method: 'get',
      path: '/tasks',
      scope: 'tasks:read',
      summary: 'List tasks',
      query: z.strictObject({
        ...pageQuery,
        status: status.optional(),
        assignee_id: id().optional(),
        contact_id: id().optional(),
        lead_id: id().optional(),
        due_before: instant().optional().meta({ description: 'Due, and earlier than this instant.' }),
        created_after: instant().optional(),
        sort: sortQuery(['created_at', 'updated_at'], '-created_at'),
      }),
      reply: { status: 200, schema: pageOf(task), description: 'A page of tasks.' },
    },
    create: {
      method: 'post',
      path: '/tasks',
      scope: 'tasks:write',
      summary: 'Create a task',
      body: z.strictObject(writable),
      reply: { status: 201, schema: task, description: 'The new task.' },
    },
    get: {
      method: 'get',
      path: '/tasks/{id}',
      scope: 'tasks:read',
      summary: 'Get a task',
      params,
      reply: { status: 200, schema: task, description: 'The task.' },
    },
    update: {
      method: 'patch',
      path: '/tasks/{id}',
      scope: 'tasks:write',
      summary: 'Update a task',
      description: 'A JSON merge patch (RFC 7396): what is absent stays, null clears.',
      params,
      body: z.strictObject(writable).partial(),
      reply: { status: 200, schema: task, description: 'The task as it is now.' },
    },
    complete: {
      method: 'post',
      path: '/tasks/{id}/complete',
      scope: 'tasks:write',
      summary: 'Complete a task',
      params,
      errors: ['wrong_state'],
      reply: { status: 200, schema: task, description: 'The completed task.' },
    },
    cancel: {
      method: 'post',
      path: '/tasks/{id}/cancel',
      scope: 'tasks:write',
      summary: 'Cancel a task',
      params,
      errors: ['wrong_state'],
      reply: { status: 200, schema: task, description: 'The cancelled task.' },
    },
  },
})
