import { expect, test } from 'vitest'
import { relativeTime, utcTime } from '@/components/ui/instant'
import { DAY_MS, MINUTE_MS } from '@/lib/base/time'

const NOW = Date.parse('2027-01-31T09:00:00Z')

test.each([
  [0, 'just now'],
  [-59_000, 'just now'],
  [30_000, 'in under a minute'],
  [-MINUTE_MS, '1 minute ago'],
  [90 * MINUTE_MS, 'in 2 hours'],
  [45 * DAY_MS, 'in 45 days'],
  [90 * DAY_MS, 'in 3 months'],
  [-800 * DAY_MS, '2 years ago'],
])('%i ms from now is "%s"', (distance, text) => {
  expect(relativeTime(NOW + distance, NOW)).toBe(text)
})

test('UTC is named', () => {
  expect(utcTime(NOW)).toBe('31 Jan 2027, 09:00 UTC')
})
