import { SECOND_MS } from '@/lib/base/time'

/** Where a lineage stands in its sliding window: what the rate-limit headers say. */
export type RateWindow = {
  limit: number
  remaining: number
  /** When the whole limit is free again. */
  reset_at: Date
  /** Whole seconds, 1 to 61, until one more call would be accepted; null: it was, or it would be now. */
  retry_after: number | null
}

/** How long a call counts at most. Any sixty seconds hold no more than the limit, and calls are counted by whole ones. */
export const WINDOW_SECONDS = 61

/** The window right after a call was accepted in `second` as the `used`th of it. */
export function windowAfter(used: number, second: number, limit: number): RateWindow {
  return {
    limit,
    remaining: Math.max(0, limit - used),
    reset_at: new Date((second + WINDOW_SECONDS) * SECOND_MS),
    retry_after: null,
  }
}

/**
 * Reads the counters of a window.
 * @param counts accepted calls per second, newest first: `counts[0]` is second `second`, `counts[60]` is sixty before
 * @param second the second of `counts[0]`, counted from the epoch
 * @param now the database's clock
 */
export function readWindow(counts: readonly number[], second: number, now: Date, limit: number): RateWindow {
  const current = now.getTime() / SECOND_MS
  // A counter of second s leaves the window when the clock reaches s + 61: then all of s is over 60 s old.
  const live = counts
    .map((count, age) => ({ count, leaves: second - age + WINDOW_SECONDS }))
    .filter(({ count, leaves }) => count > 0 && leaves > current)
  const used = live.reduce((sum, { count }) => sum + count, 0)
  const newest = live[0]
  return {
    limit,
    remaining: Math.max(0, limit - used),
    reset_at: newest ? new Date(newest.leaves * SECOND_MS) : now,
    retry_after: used < limit ? null : secondsUntilFree(live, used, current, limit),
  }
}

function secondsUntilFree(live: { count: number; leaves: number }[], used: number, current: number, limit: number) {
  let rest = used
  for (const { count, leaves } of live.toReversed()) {
    rest -= count
    if (rest < limit) return Math.min(WINDOW_SECONDS, Math.max(1, Math.ceil(leaves - current)))
  }
  return 1
}
