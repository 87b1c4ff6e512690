import { expect, test } from 'vitest'
import { backoff } from '@/lib/kernel/jobs/backoff'

test('each wait is twice the one before, an hour at most, and half of it is chance', () => {
  const longest = [1, 2, 3, 4].map((attempt) => backoff(attempt, 1))
  expect(longest).toEqual([2_000, 4_000, 8_000, 16_000])
  expect([1, 2, 3, 4].map((attempt) => backoff(attempt, 0))).toEqual(longest.map((ms) => ms / 2))
  expect([backoff(40, 1), backoff(2_000, 1)]).toEqual([3_600_000, 3_600_000])
  const drawn = Array.from({ length: 100 }, () => backoff(10))
  expect(new Set(drawn).size).toBeGreaterThan(50)
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(512_000)
})
