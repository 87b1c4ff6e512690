import { HOUR_MS, SECOND_MS } from '@/lib/base/time'

const FIRST_MS = 2 * SECOND_MS
const LONGEST_MS = HOUR_MS

/**
 * How long to wait after a failed attempt: twice as long after each, an hour at most. Half of it is chance, so that what
 * failed together does not come back together.
 * @param attempt its number, from 1
 * @param chance from 0 to 1
 * @returns milliseconds
 */
export function backoff(attempt: number, chance = Math.random()): number {
  const whole = Math.min(FIRST_MS * 2 ** (attempt - 1), LONGEST_MS)
  return Math.round((whole * (1 + chance)) / 2)
}
