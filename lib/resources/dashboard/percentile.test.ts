import fc from 'fast-check'
import { expect, test } from 'vitest'
import { percentile } from '@/lib/resources/dashboard/percentile'

/** As the database counts. */
const stepOf = (seconds: number) => (seconds < 60 ? 0 : Math.min(69, 1 + Math.floor(4 * Math.log2(seconds / 60))))

function countsOf(times: number[]): number[] {
  const counts = Array<number>(70).fill(0)
  for (const seconds of times) counts[stepOf(seconds)] = (counts[stepOf(seconds)] ?? 0) + 1
  return counts
}

test('a time that is told is within 9.1 % of the exact one, from a minute to 108 days', () => {
  const times = fc.array(fc.integer({ min: 60, max: 108 * 86_400 }), { minLength: 1, maxLength: 200 })
  fc.assert(
    fc.property(times, fc.constantFrom(0.5, 0.9, 1), (all, share) => {
      const exact = all.toSorted((a, b) => a - b)[Math.ceil(all.length * share) - 1] ?? 0
      // And half a second of rounding.
      const told = percentile(countsOf(all), share) ?? 0
      expect(Math.abs(told - exact)).toBeLessThanOrEqual(exact * 0.0906 + 0.5)
    }),
  )
})

test('of nothing there is no time; what is beyond the steps is told as the first and the last of them', () => {
  expect(percentile([], 0.5)).toBeNull()
  expect(percentile(countsOf([]), 0.9)).toBeNull()
  expect(percentile(countsOf([1]), 0.5)).toBe(30)
  expect(percentile(countsOf([400 * 86_400]), 0.5)).toBe(percentile(countsOf([107 * 86_400]), 0.5))
})
