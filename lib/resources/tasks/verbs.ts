import { change, create, get, implement, move, paged, serve, table } from '@/lib/kernel/rows/kit'
import { taskRows, tasksContract } from '@/lib/resources/tasks/contract'

const { operations } = tasksContract
const tasks = table(taskRows)

export const tasksApi = serve(tasksContract, [
  implement(operations.list, (ctx, { query }) => paged(ctx, tasks, query)),
  implement(operations.create, (ctx, { body }) => create(ctx, tasks, body)),
  implement(operations.get, (ctx, { params }) => get(ctx, tasks, params)),
  // Whatever its state: notes belong to finished work too.
  implement(operations.update, (ctx, { params, body }) => change(ctx, tasks, params, body)),
  implement(operations.complete, (ctx, { params }) => move(ctx, tasks, params, 'complete')),
  implement(operations.cancel, (ctx, { params }) => move(ctx, tasks, params, 'cancel')),
])
