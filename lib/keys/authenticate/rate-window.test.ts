import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readWindow, windowAfter } from '@/lib/keys/authenticate/rate-window'

const START = 1_800_000_000

/** The plainest reading of the promise: a call of second s counts until the clock reaches s + 61. */
const countedAt = (calls: readonly number[], clock: number) => calls.filter((second) => second + 61 > clock).length

const toCalls = (counts: readonly number[]) => counts.flatMap((count, age) => Array<number>(count).fill(START - age))

const counts = fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat({ max: 9 })), {
  minLength: 61,
  maxLength: 61,
})
// Up to over a minute after the newest counter's second, by the millisecond, and often where a counter leaves.
const clock = fc
  .oneof(
    fc.nat({ max: 70_000 }),
    fc.nat({ max: 70 }).map((second) => second * 1000),
  )
  .map((ms) => START + ms / 1000)
const limit = fc.integer({ min: 1, max: 120 })
const read = (counts: readonly number[], clock: number, limit: number) =>
  readWindow(counts, START, new Date(clock * 1000), limit)

describe('a window read from its counters', () => {
  test('has left what the calls of the last minute have not used', () => {
    fc.assert(
      fc.property(counts, clock, limit, (counts, clock, limit) => {
        const window = read(counts, clock, limit)
        expect(window.limit).toBe(limit)
        expect(window.remaining).toBe(Math.max(0, limit - countedAt(toCalls(counts), clock)))
      }),
    )
  })

  test('names the instant at which the whole limit is free', () => {
    fc.assert(
      fc.property(counts, clock, limit, (counts, clock, limit) => {
        const calls = toCalls(counts)
        const reset = read(counts, clock, limit).reset_at.getTime() / 1000
        expect(countedAt(calls, reset)).toBe(0)
        if (countedAt(calls, clock) > 0) expect(countedAt(calls, reset - 0.001)).toBeGreaterThan(0)
        else expect(reset).toBe(clock)
      }),
    )
  })

  test('asks to wait exactly when nothing is left, 1 to 61 whole seconds, enough and no second more', () => {
    fc.assert(
      fc.property(counts, clock, limit, (counts, clock, limit) => {
        const calls = toCalls(counts)
        const { retry_after, remaining } = read(counts, clock, limit)
        expect(retry_after === null).toBe(remaining > 0)
        if (retry_after === null) return
        expect(Number.isInteger(retry_after) && retry_after >= 1 && retry_after <= 61).toBe(true)
        expect(countedAt(calls, clock + retry_after)).toBeLessThan(limit)
        if (retry_after > 1) expect(countedAt(calls, clock + retry_after - 1)).toBeGreaterThanOrEqual(limit)
      }),
      { numRuns: 500 },
    )
  })

  test('never asks to wait longer than 61 s, even where the clock was set back', () => {
    fc.assert(
      fc.property(counts, fc.nat({ max: 100_000 }), limit, (counts, back, limit) => {
        const { retry_after } = read(counts, START - back, limit)
        expect(retry_after === null || (retry_after >= 1 && retry_after <= 61)).toBe(true)
      }),
    )
  })

  test('is whole where nothing was counted', () => {
    const now = new Date(START * 1000)
    expect(readWindow([], 0, now, 60)).toEqual({ limit: 60, remaining: 60, reset_at: now, retry_after: null })
  })
})

test('the window after an accepted call is the one that its counters give', () => {
  fc.assert(
    fc.property(counts, limit, (before, limit) => {
      const after = [(before[0] ?? 0) + 1, ...before.slice(1)]
      const used = after.reduce((sum, count) => sum + count, 0)
      const { retry_after: _, ...expected } = read(after, START, limit)
      expect(windowAfter(used, START, limit)).toEqual({ ...expected, retry_after: null })
    }),
  )
})
