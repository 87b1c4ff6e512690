import { change, create, get, implement, move, paged, table } from '@/lib/kernel/rows/kit'
import { taskRows, tasksContract } from '@/lib/resources/tasks/contract'

const { operations } = tasksContract
const tasks = table(taskRows)

export const listTasks = implement(operations.list, (ctx, { query }) => paged(ctx, tasks, query))
export const createTask = implement(operations.create, (ctx, { body }) => create(ctx, tasks, body))
export const getTask = implement(operations.get, (ctx, { params }) => get(ctx, tasks, params))
/** Whatever its state: notes belong to finished work too. */
export const updateTask = implement(operations.update, (ctx, { params, body }) => change(ctx, tasks, params, body))
export const completeTask = implement(operations.complete, (ctx, { params }) => move(ctx, tasks, params, 'complete'))
export const cancelTask = implement(operations.cancel, (ctx, { params }) => move(ctx, tasks, params, 'cancel'))
