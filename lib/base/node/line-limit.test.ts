import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LineLimit } from '@/lib/base/node/line-limit'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a kind of line has its number in a minute, the rest is told as a count, and no other kind suffers', () => {
  const told: [string, number][] = []
  const limit = new LineLimit(3, (kind, suppressed) => told.push([kind, suppressed]))
  const write = (kind: string, times: number) => Array.from({ length: times }, () => limit.allows(kind)).filter(Boolean)
  expect(write('a', 10)).toHaveLength(3)
  expect(write('b', 3)).toHaveLength(3)
  vi.advanceTimersByTime(59_999)
  expect(told).toEqual([])
  expect(write('a', 1)).toHaveLength(0)
  vi.advanceTimersByTime(1)
  expect(told).toEqual([['a', 8]])
  expect(write('a', 10)).toHaveLength(3)
  vi.advanceTimersByTime(60_000)
  expect(told).toEqual([
    ['a', 8],
    ['a', 7],
  ])
})
