import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/base/time'

/** From the end of an attempt to the next one (Standard Webhooks 1.0.0). Ten attempts in all, over some three days. */
const DELAYS_MS = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
]

/** Up to so much longer by chance: what failed together does not come back together. */
const JITTER = 0.2

/** Nobody waits longer for a receiver that asks for it. */
const LONGEST_WAIT_MS = 24 * HOUR_MS

const LONGEST_REST_MS = 5 * MINUTE_MS

const later = (ms: number, chance: number) => Math.round(ms * (1 + JITTER * chance))

/**
 * When to try a delivery again.
 * @param tries attempts made, from 1
 * @param asked milliseconds that the receiver asked for by Retry-After; null: it did not
 * @returns milliseconds; null: never, it has failed
 */
export function nextTry(tries: number, asked: number | null, chance = Math.random()): number | null {
  const delay = DELAYS_MS[tries - 1]
  if (delay === undefined) return null
  return Math.max(later(delay, chance), Math.min(asked ?? 0, LONGEST_WAIT_MS))
}

/**
 * For how long a receiver in trouble is left alone, with everything that is for it.
 * @param failures rounds that have failed since the last success, from 1
 * @param asked as of `nextTry`
 * @returns milliseconds
 */
export function restOf(failures: number, asked: number | null, chance = Math.random()): number {
  const own = later(Math.min(5 * SECOND_MS * 2 ** (failures - 1), LONGEST_REST_MS), chance)
  return Math.max(own, Math.min(asked ?? 0, LONGEST_WAIT_MS))
}

/**
 * What Retry-After asks for (RFC 9110, 10.2.3): seconds, or an instant.
 * @param now the instant at which the reply came, in milliseconds since 1970
 * @returns milliseconds; null where it is absent or neither
 */
export function retryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null
  if (/^\d{1,9}$/.test(header)) return Number(header) * SECOND_MS
  const instant = /^[A-Z][a-z]{2,8},? /.test(header) ? Date.parse(header) : Number.NaN
  return Number.isNaN(instant) ? null : Math.max(instant - now, 0)
}
