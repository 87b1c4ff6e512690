import { validationFailed } from '@/lib/base/errors'
import { catalogue } from '@/lib/contracts/scopes/catalogue'
import {
  change,
  create,
  get,
  hold,
  implement,
  inOneTransaction,
  move,
  own,
  paged,
  remove,
  serve,
  sql,
  type TransactionContext,
  table,
  uuidv7,
} from '@/lib/kernel/rows/kit'
import { flowRows, flowSummaryRows, flowsContract } from '@/lib/resources/flows/contract'
import { runVerbs } from '@/lib/resources/flows/runs/verbs'
import { type FlowCondition, flowConditions, objectionsTo } from '@/lib/work/flows/contract'
import { endEnrollments } from '@/lib/work/steps/end'
import { replaceSteps, shownSteps } from '@/lib/work/steps/replace'

const { operations } = flowsContract
const { step_count, steps } = shownSteps('flow')
const summaries = table(flowSummaryRows, { shown: { step_count } })
const flows = table(flowRows, { shown: { step_count, steps } })

const ofFlow = (id: string) => ({ kind: 'flow', id }) as const

/** @throws DomainError validation_failed for what could never start a flow */
function requirePossible(event: string, conditions: readonly FlowCondition[]) {
  const errors = objectionsTo(event, conditions, catalogue().told.get(event))
  if (errors.length > 0) throw validationFailed(errors)
}

/** What starts the flow now, which the caller holds. */
async function startOf(ctx: TransactionContext, { id }: { id: string }) {
  const [flow] = await own<{ event: string; conditions: unknown }>(
    ctx,
    (mine) => sql`SELECT t.event, t.conditions FROM flows t WHERE ${mine('t')} AND t.id = ${id}::uuid`,
  )
  return { event: flow?.event ?? '', conditions: flowConditions.parse(flow?.conditions ?? []) }
}

export const flowsApi = serve(flowsContract, [
  implement(operations.list, (ctx, { query }) => paged(ctx, summaries, query)),
  implement(operations.get, (ctx, { params }) => get(ctx, flows, params)),
  implement(
    operations.create,
    inOneTransaction(async (ctx, { body: { steps: given, ...fields } }) => {
      requirePossible(fields.event, fields.conditions ?? [])
      const id = uuidv7()
      await create(ctx, flows, fields, {}, id)
      await replaceSteps(ctx, ofFlow(id), given)
      return get(ctx, flows, { id })
    }),
  ),
  implement(
    operations.update,
    inOneTransaction(async (ctx, { params, body }) => {
      if (body.event !== undefined || body.conditions) {
        await hold(ctx, flows, params)
        const start = { ...(await startOf(ctx, params)), ...body }
        requirePossible(start.event, start.conditions ?? [])
      }
      const changed = await change(ctx, flows, params, body)
      if (!body.steps) return changed
      await replaceSteps(ctx, ofFlow(params.id), body.steps)
      await endEnrollments(ctx, ofFlow(params.id), { as: 'completed', last_step: body.steps.length })
      return get(ctx, flows, params)
    }),
  ),
  implement(operations.enable, (ctx, { params }) => move(ctx, flows, params, 'enable')),
  implement(operations.disable, (ctx, { params }) => move(ctx, flows, params, 'disable')),
  // Its steps and runs go with it; the contacts' histories keep when they left it.
  implement(
    operations.delete,
    inOneTransaction(async (ctx, { params }) => {
      await hold(ctx, flows, params)
      await endEnrollments(ctx, ofFlow(params.id), { as: 'removed' })
      return remove(ctx, flows, params)
    }),
  ),
  ...runVerbs,
])
