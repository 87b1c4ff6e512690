import { implement } from '@/lib/kernel/rows/implement'
import { tasksContract } from '@/lib/resources/tasks/contract'
import { createTask } from '@/lib/resources/tasks/create'
import { finishTask } from '@/lib/resources/tasks/finish'
import { getTask } from '@/lib/resources/tasks/get'
import { listTasks } from '@/lib/resources/tasks/list'
import { updateTask } from '@/lib/resources/tasks/update'

export const tasks = implement(tasksContract, {
  list: (ctx, { query }) => listTasks(ctx, query),
  create: (ctx, { body }) => createTask(ctx, body),
  get: (ctx, { params }) => getTask(ctx, params),
  update: (ctx, { params, body }) => updateTask(ctx, { ...params, changes: body }),
  complete: (ctx, { params }) => finishTask(ctx, { ...params, as: 'completed' }),
  cancel: (ctx, { params }) => finishTask(ctx, { ...params, as: 'cancelled' }),
})
