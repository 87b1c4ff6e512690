import { describe, expect, test } from 'vitest'
import {
  rotationAdvice,
  type Traffic,
  trafficInWords,
  trafficOf,
  trafficOfDays,
  trafficWarning,
} from '@/components/keys/traffic'

const calls = (succeeded: number, limited = 0) => ({ succeeded, refused: 0, limited, failed: 0 })

/** Called in the day, though not since the last full hour. */
const BUSY: Traffic = { day: 1_640, week: 9_012 }
const WEEKLY: Traffic = { day: 0, week: 7 }
const QUIET: Traffic = { day: 0, week: 0 }

test('a key is judged alike by its own page and by the list, over 24 hours and 7 days', () => {
  const usage = {
    spans: { day: calls(1_600, 40), week: calls(8_972, 40), month: calls(20_000) },
    hours: [],
    scopes: [],
  }
  expect(trafficOf(usage)).toEqual(BUSY)
  expect(trafficOfDays({ calls_by_day: [0, 7_000, 0, 0, 0, 372, 1_640] })).toEqual(BUSY)
})

test.each([
  [BUSY, '1,640 calls in 24 hours, 9,012 in 7 days'],
  [WEEKLY, 'No calls in 24 hours, 7 in 7 days'],
  [QUIET, 'No calls in 7 days'],
])('%o is said as "%s"', (traffic, words) => {
  expect(trafficInWords(traffic)).toBe(words)
})

describe('only a key that nothing has called for 7 days', () => {
  test('is said to be ready to be revoked after its rotation', () => {
    expect(rotationAdvice(QUIET, '')).toMatch('it can be revoked')
    for (const traffic of [BUSY, WEEKLY]) expect(rotationAdvice(traffic, 'by curl/8')).not.toMatch('can be revoked')
    expect(rotationAdvice(BUSY, 'by curl/8')).toMatch('still used, last by curl/8')
  })

  test('is taken away without a warning', () => {
    expect(trafficWarning(QUIET)).toBeNull()
    expect(trafficWarning(BUSY)).toBe('It is in use: 1,640 calls in 24 hours, 9,012 in 7 days.')
    expect(trafficWarning(WEEKLY)).toMatch('used this week')
  })
})
