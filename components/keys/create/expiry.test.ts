import { expect, test } from 'vitest'
import { expiryFields, expiryInstant, expiryProblem, sameExpiry } from '@/components/keys/create/expiry'
import { HOUR_MS } from '@/lib/base/time'

const NOW = Date.parse('2027-01-31T09:00:00Z')

test('durations are sent as durations, for the database to count', () => {
  expect(expiryFields({ choice: 'never', at: '' })).toEqual({})
  expect(expiryFields({ choice: '7d', at: '' })).toEqual({ expires_in_hours: 168 })
  expect(expiryFields({ choice: '1y', at: '' })).toEqual({ expires_in_hours: 8_760 })
})

test("a custom instant is the reader's own time, sent exactly", () => {
  const local = '2027-02-14T12:30'
  const { expires_at } = expiryFields({ choice: 'custom', at: local })
  expect(expires_at).toBe(new Date(2027, 1, 14, 12, 30).toISOString())
})

test('what cannot be is said before it is sent', () => {
  const at = (instant: number) => ({ choice: 'custom' as const, at: new Date(instant).toISOString() })
  expect(expiryProblem({ choice: 'custom', at: '' }, NOW)).toMatch('Choose')
  expect(expiryProblem(at(NOW), NOW)).toMatch('past')
  expect(expiryProblem(at(NOW + HOUR_MS), NOW)).toBeNull()
  expect(expiryProblem(at(NOW + 8_760 * HOUR_MS), NOW)).toBeNull()
  expect(expiryProblem(at(NOW + 8_761 * HOUR_MS), NOW)).toMatch('1 year')
})

test('a duration ends that long from now', () => {
  expect(expiryInstant({ choice: '1d', at: '' }, NOW)).toBe(NOW + 24 * HOUR_MS)
})

test('a successor is offered the life of its predecessor, never a longer one', () => {
  const lived = (hours: number | null) => ({
    created_at: new Date(NOW).toISOString(),
    expires_at: hours === null ? null : new Date(NOW + hours * HOUR_MS).toISOString(),
  })
  expect(sameExpiry(lived(null))).toBe('never')
  expect(sameExpiry(lived(168))).toBe('7d')
  expect(sameExpiry(lived(200))).toBe('7d')
  expect(sameExpiry(lived(0.5))).toBe('1h')
})
