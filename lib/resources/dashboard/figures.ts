import { type FullContext, join, own, sql } from '@/lib/kernel/rows/kit'
import { type Counts, percentile, STEPS } from '@/lib/resources/dashboard/percentile'

type Load = { team_id: string; open: number; waiting: number }
type Times = { team_id: string; measure: 'first_reply' | 'resolution'; counts: number[] }

/** What the database keeps of the tickets: a row for each team, and one for each team, day and measure. */
type Kept = { loads: readonly Load[]; times: readonly Times[] }

/** Each step by itself: to take the arrays apart into rows, and group those, cost twenty times as much. */
const SUMS = Array.from({ length: STEPS }, (_, step) => sql`sum(t.counts[${step + 1}])::int`)

/**
 * Reads what is kept; how many tickets there are makes no difference to it.
 * @param days how many days of UTC, the last of which is today
 */
export async function readCounts(ctx: FullContext, days: number): Promise<Kept> {
  const loads = await own<Load>(
    ctx,
    (mine) => sql`SELECT t.team_id, t.open, t.waiting FROM team_loads t WHERE ${mine('t')}`,
  )
  const times = await own<Times>(
    ctx,
    (mine) => sql`
      SELECT t.team_id, t.measure::text, ARRAY[${join(SUMS, ', ')}] AS counts FROM ticket_times t
      WHERE ${mine('t')} AND t.day > (now() AT TIME ZONE 'UTC')::date - ${days}::int GROUP BY t.team_id, t.measure`,
  )
  return { loads, times }
}

const total = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0)

/** Step by step. */
const added = (all: readonly Counts[]): Counts =>
  (all[0] ?? []).map((_, step) => total(all.map((one) => one[step] ?? 0)))

function told(counts: Counts) {
  return { tickets: total(counts), median: percentile(counts, 0.5), p90: percentile(counts, 0.9) }
}

/**
 * The figures of some of what is kept.
 * @param of says of a team id whether it is among them
 */
export function figuresOf({ loads, times }: Kept, of: (team_id: string) => boolean) {
  const own = loads.filter(({ team_id }) => of(team_id))
  const measured = (which: Times['measure']) =>
    told(added(times.flatMap(({ team_id, measure, counts }) => (measure === which && of(team_id) ? [counts] : []))))
  return {
    open: total(own.map(({ open }) => open)),
    waiting: total(own.map(({ waiting }) => waiting)),
    first_reply: measured('first_reply'),
    resolution: measured('resolution'),
  }
}
