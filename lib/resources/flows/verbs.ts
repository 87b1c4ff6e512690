import { validationFailed } from '@/lib/base/errors'
import { catalogue } from '@/lib/contracts/scopes/catalogue'
import {
  get,
  hold,
  implement,
  inOneTransaction,
  move,
  own,
  paged,
  serve,
  sql,
  type TransactionContext,
  table,
} from '@/lib/kernel/rows/kit'
import { flowRows, flowSummaryRows, flowsContract } from '@/lib/resources/flows/contract'
import { runVerbs } from '@/lib/resources/flows/runs/verbs'
import { type FlowCondition, flowConditions, objectionsTo } from '@/lib/work/flows/contract'
import { shownSteps } from '@/lib/work/steps/replace'
import { changeWithSteps, createWithSteps, removeWithSteps } from '@/lib/work/steps/write'

const { operations } = flowsContract
const { step_count, steps } = shownSteps('flow')
const summaries = table(flowSummaryRows, { shown: { step_count } })
const flows = table(flowRows, { shown: { step_count, steps } })

const stepped = { kind: 'flow', rows: flows } as const

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
    inOneTransaction((ctx, { body }) => {
      requirePossible(body.event, body.conditions ?? [])
      return createWithSteps(ctx, stepped, body)
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
      return changeWithSteps(ctx, stepped, params, body)
    }),
  ),
  implement(operations.enable, (ctx, { params }) => move(ctx, flows, params, 'enable')),
  implement(operations.disable, (ctx, { params }) => move(ctx, flows, params, 'disable')),
  implement(
    operations.delete,
    inOneTransaction((ctx, { params }) => removeWithSteps(ctx, stepped, params)),
  ),
  ...runVerbs,
])
