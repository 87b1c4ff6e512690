import { describe, expect, test } from 'vitest'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/base/time'
import { nextTry, restOf, retryAfter } from '@/lib/work/webhooks/sending/schedule'

const SCHEDULE = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  ...[2, 5, 10, 14, 20, 24].map((hours) => hours * HOUR_MS),
]

describe('a delivery that has failed', () => {
  test('is tried again by the schedule of the standard, and after ten attempts no more', () => {
    expect(SCHEDULE.map((_, index) => nextTry(index + 1, null, 0))).toEqual(SCHEDULE)
    expect(nextTry(10, null)).toBeNull()
    expect(nextTry(10, HOUR_MS)).toBeNull()
  })

  test('waits up to a fifth longer, by chance', () => {
    expect(nextTry(1, null, 1)).toBe(6 * SECOND_MS)
    const waits = Array.from({ length: 100 }, () => nextTry(1, null) ?? 0)
    expect(new Set(waits).size).toBeGreaterThan(10)
    for (const wait of waits) expect(wait).toBeGreaterThanOrEqual(5 * SECOND_MS)
  })

  test('waits as long as its receiver asks for, a day at most', () => {
    expect(nextTry(1, HOUR_MS, 0)).toBe(HOUR_MS)
    expect(nextTry(2, SECOND_MS, 0)).toBe(5 * MINUTE_MS)
    expect(nextTry(1, 400 * HOUR_MS, 0)).toBe(24 * HOUR_MS)
  })
})

test('a receiver in trouble rests for longer after each round that fails, five minutes at most', () => {
  const rests = [1, 2, 3, 6, 7, 100].map((failures) => restOf(failures, null, 0) / SECOND_MS)
  expect(rests).toEqual([5, 10, 20, 160, 300, 300])
  expect(restOf(1, HOUR_MS, 0)).toBe(HOUR_MS)
})

test.each([
  [undefined, null],
  ['120', 120 * SECOND_MS],
  ['0', 0],
  ['Fri, 31 Dec 2027 23:59:59 GMT', 59 * SECOND_MS],
  ['Fri, 31 Dec 1999 23:59:59 GMT', 0],
  ['-1', null],
  ['1.5', null],
  ['99999999999999999999', null],
  ['soon', null],
  ['', null],
])('Retry-After: %s asks for %s', (header, expected) => {
  expect(retryAfter(header, Date.UTC(2027, 11, 31, 23, 59, 0))).toBe(expected)
})
