import { HOUR_MS } from '@/lib/base/time'
import { type Database, databaseNow } from '@/lib/kernel/db/transaction'
import { SHOWN_DAYS } from '@/lib/keys/usage/contract'
import { hourOf } from '@/lib/keys/usage/record'

const DAY_HOURS = 24

/**
 * Calls of each key in each of the last seven days, the oldest first; zeros for a key that has none. The caller has
 * checked that the keys may be seen.
 */
export async function countCallsByDay(db: Database, key_ids: string[]): Promise<Map<string, number[]>> {
  const current = hourOf(await databaseNow(db)).getTime()
  const oldest = new Date(current - (SHOWN_DAYS * DAY_HOURS - 1) * HOUR_MS)
  const counts = await db.keyUsage.groupBy({
    by: ['key_id', 'hour'],
    where: { key_id: { in: key_ids }, hour: { gte: oldest } },
    _sum: { calls: true },
  })
  const days = new Map(key_ids.map((id) => [id, new Array<number>(SHOWN_DAYS).fill(0)]))
  for (const { key_id, hour, _sum } of counts) {
    const hoursAgo = Math.max(0, current - hour.getTime()) / HOUR_MS
    const day = SHOWN_DAYS - 1 - Math.floor(hoursAgo / DAY_HOURS)
    const ofKey = days.get(key_id)
    if (ofKey) ofKey[day] = (ofKey[day] ?? 0) + (_sum.calls ?? 0)
  }
  return days
}
