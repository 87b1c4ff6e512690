import { type FullContext, own, sql } from '@/lib/kernel/rows/kit'
import { MAX_POINTS } from '@/lib/resources/analytics/contract'

type Counts = { sent: number; failed: number; unsubscribed: number; enrollments: number; conversions: number }
type Value = { currency: string; conversions: number; amount: number }

/** @property key a day, or the id of a campaign */
type Figures = Counts & { key: string; values: Value[] }

/** Days, both among them: `2027-01-31`. */
export type Days = { from: string; to: string }

/** Under this id stands what all campaigns, and what belongs to none, come to. */
const ALL_CAMPAIGNS = '00000000-0000-0000-0000-000000000000'

const COUNTS = sql`sum(t.sent)::int AS sent, sum(t.failed)::int AS failed, sum(t.unsubscribed)::int AS unsubscribed,
  sum(t.enrollments)::int AS enrollments, sum(t.conversions)::int AS conversions`

const WORTH = sql`t.currency, sum(t.conversions)::int AS conversions, sum(t.amount)::float8 AS amount`

const SOME = sql`sum(t.conversions) <> 0`

type Keyed = { key: string }

function joined(counts: (Counts & Keyed)[], values: (Value & Keyed)[]): Figures[] {
  const worth = new Map<string, Value[]>()
  for (const { key, ...value } of values) worth.set(key, [...(worth.get(key) ?? []), value])
  return counts.map((one) => ({ ...one, values: worth.get(one.key) ?? [] }))
}

/**
 * The figures of each day on which something happened. They are read from what is kept, so it makes no difference how much
 * there was.
 * @param campaign_id null: of all
 */
export async function figuresByDay(
  ctx: FullContext,
  { from, to }: Days,
  campaign_id: string | null,
): Promise<Figures[]> {
  const id = campaign_id ?? ALL_CAMPAIGNS
  const counts = await own<Counts & Keyed>(
    ctx,
    (mine) => sql`
      SELECT t.day::text AS key, ${COUNTS} FROM outreach_days t
      WHERE ${mine('t')} AND t.campaign_id = ${id}::uuid AND t.day BETWEEN ${from}::date AND ${to}::date GROUP BY t.day`,
  )
  const values = await own<Value & Keyed>(
    ctx,
    (mine) => sql`
      SELECT t.day::text AS key, ${WORTH} FROM conversion_values t
      WHERE ${mine('t')} AND t.campaign_id = ${id}::uuid AND t.day BETWEEN ${from}::date AND ${to}::date
      GROUP BY t.day, t.currency HAVING ${SOME} ORDER BY t.currency`,
  )
  return joined(counts, values)
}

/**
 * The figures of each campaign of which something happened in these days, those that sent most first.
 * @param campaign_id null: of all
 */
export async function figuresByCampaign(
  ctx: FullContext,
  { from, to }: Days,
  campaign_id: string | null,
): Promise<Figures[]> {
  const counts = await own<Counts & Keyed>(
    ctx,
    (mine) => sql`
      SELECT t.campaign_id::text AS key, ${COUNTS} FROM outreach_days t
      WHERE ${mine('t')} AND t.day BETWEEN ${from}::date AND ${to}::date AND t.campaign_id <> ${ALL_CAMPAIGNS}::uuid
        AND t.campaign_id = coalesce(${campaign_id}::uuid, t.campaign_id)
      GROUP BY t.campaign_id ORDER BY sum(t.sent) DESC, t.campaign_id LIMIT ${MAX_POINTS}::int`,
  )
  const ids = counts.map(({ key }) => key)
  const values = await own<Value & Keyed>(
    ctx,
    (mine) => sql`
      SELECT t.campaign_id::text AS key, ${WORTH} FROM conversion_values t
      WHERE ${mine('t')} AND t.day BETWEEN ${from}::date AND ${to}::date AND t.campaign_id = ANY (${ids}::uuid[])
      GROUP BY t.campaign_id, t.currency HAVING ${SOME} ORDER BY t.currency`,
  )
  return joined(counts, values)
}
