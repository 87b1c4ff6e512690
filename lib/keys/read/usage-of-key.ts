import { HOUR_MS } from '@/lib/base/time'
import type { Context } from '@/lib/kernel/actors/context'
import { databaseNow } from '@/lib/kernel/db/transaction'
import { getKey } from '@/lib/keys/read/get'
import { type Calls, type KeyUsage, SHOWN_HOURS, UNUSED_DAYS } from '@/lib/keys/usage/contract'
import { hourOf } from '@/lib/keys/usage/record'

const DAY_HOURS = 24
const SPANS = { day: DAY_HOURS, week: 7 * DAY_HOURS, month: 30 * DAY_HOURS } as const

/**
 * How a key has been used: by the hour, by outcome, and by the scopes that its calls needed.
 * @throws DomainError not_found, role_forbids, developer_api_disabled
 */
export async function usageOfKey(ctx: Context, { id }: { id: string }): Promise<KeyUsage> {
  const { id: key_id } = await getKey(ctx, { id })
  const current = hourOf(await databaseNow(ctx.db)).getTime()
  const hoursBack = (hours: number) => new Date(current - hours * HOUR_MS)

  const counts = await ctx.db.keyUsage.groupBy({
    by: ['hour', 'outcome'],
    where: { key_id, hour: { gte: hoursBack(SPANS.month - 1) } },
    _sum: { calls: true },
  })
  const scopes = await ctx.db.keyUsage.groupBy({
    by: ['scope'],
    where: { key_id, hour: { gte: hoursBack(UNUSED_DAYS * DAY_HOURS) }, scope: { not: '' } },
    _sum: { calls: true },
    _max: { hour: true },
    orderBy: { scope: 'asc' },
  })

  const callsIn = (start: Date) =>
    counts
      .filter(({ hour }) => hour.getTime() === start.getTime())
      .reduce((sum, { _sum }) => sum + (_sum.calls ?? 0), 0)
  const span = (hours: number): Calls => {
    const calls = { succeeded: 0, refused: 0, limited: 0, failed: 0 }
    for (const { hour, outcome, _sum } of counts) if (hour >= hoursBack(hours - 1)) calls[outcome] += _sum.calls ?? 0
    return calls
  }

  return {
    hours: Array.from({ length: SHOWN_HOURS }, (_, index) => {
      const at = hoursBack(SHOWN_HOURS - 1 - index)
      return { at, calls: callsIn(at) }
    }),
    spans: { day: span(SPANS.day), week: span(SPANS.week), month: span(SPANS.month) },
    scopes: scopes.flatMap(({ scope, _sum, _max }) =>
      _max.hour ? [{ scope, calls: _sum.calls ?? 0, last_hour: _max.hour }] : [],
    ),
  }
}
