import { DomainError, validationFailed } from '@/lib/base/errors'
import { DAY_MS } from '@/lib/base/time'
import {
  again,
  create,
  get,
  type InputOf,
  implement,
  inOneTransaction,
  own,
  paged,
  remove,
  serve,
  sql,
  type TransactionContext,
  table,
} from '@/lib/kernel/rows/kit'
import { conversionRows, conversionsContract } from '@/lib/resources/conversions/contract'

const { operations } = conversionsContract
const conversions = table(conversionRows)

type Said = InputOf<typeof operations.create>['body']

/** As far as clocks may be apart. */
const AHEAD_MS = DAY_MS

/** @throws DomainError validation_failed for what has not happened yet */
function requirePast({ actor }: TransactionContext, { occurred_at }: Said) {
  if (!occurred_at || occurred_at.getTime() <= actor.authenticated_at.getTime() + AHEAD_MS) return
  throw validationFailed([{ path: 'occurred_at', message: 'At most a day from now.' }])
}

/** Whether the conversion with this external_id is what was said. */
async function isSame(ctx: TransactionContext, said: Said): Promise<boolean> {
  const { name, amount = null, currency = null, contact_id = null, campaign_id = null, external_id, occurred_at } = said
  const found = await own<{ id: string }>(
    ctx,
    (mine) => sql`
      SELECT t.id FROM conversions t WHERE ${mine('t')} AND t.external_id = ${external_id ?? null} AND t.name = ${name}
        AND t.amount IS NOT DISTINCT FROM ${amount}::bigint AND t.currency IS NOT DISTINCT FROM ${currency}::text
        AND t.contact_id IS NOT DISTINCT FROM ${contact_id}::uuid
        AND t.campaign_id IS NOT DISTINCT FROM ${campaign_id}::uuid
        AND t.occurred_at = coalesce(${occurred_at ?? null}::timestamptz, t.occurred_at)`,
  )
  return found.length > 0
}

export const conversionsApi = serve(conversionsContract, [
  implement(operations.list, (ctx, { query }) => paged(ctx, conversions, query)),
  implement(
    operations.create,
    inOneTransaction(async (ctx, { body }) => {
      requirePast(ctx, body)
      try {
        return await create(ctx, conversions, { ...body, occurred_at: body.occurred_at ?? ctx.actor.authenticated_at })
      } catch (error) {
        const isKnown = error instanceof DomainError && error.code === 'already_exists'
        if (!isKnown || !(await isSame(ctx, body))) throw error
        return again(await get(ctx, conversions, { external_id: body.external_id ?? null }))
      }
    }),
  ),
  implement(operations.get, (ctx, { params }) => get(ctx, conversions, params)),
  implement(operations.delete, (ctx, { params }) => remove(ctx, conversions, params)),
])
