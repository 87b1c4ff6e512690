import { expect, test } from 'vitest'
import {
  type Expiry,
  expiryFields,
  expiryInstant,
  expiryProblem,
  firstChoice,
  offeredChoices,
  sameExpiry,
  untilPhrase,
} from '@/components/keys/create/expiry'
import { HOUR_MS } from '@/lib/base/time'
import { NO_POLICY } from '@/lib/keys/policy/contract'

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
  const problem = (expiry: Expiry, rule = NO_POLICY) => expiryProblem(expiry, NOW, rule)
  expect(problem({ choice: 'custom', at: '' })).toMatch('Choose')
  expect(problem(at(NOW))).toMatch('past')
  expect(problem(at(NOW + HOUR_MS))).toBeNull()
  expect(problem(at(NOW + 8_760 * HOUR_MS))).toBeNull()
  expect(problem(at(NOW + 8_761 * HOUR_MS))).toMatch('1 year')
  expect(problem(at(NOW + 49 * HOUR_MS), { ...NO_POLICY, longest_lifetime_hours: 48 })).toMatch('policy at most 2 days')
  expect(problem({ choice: 'never', at: '' }, { ...NO_POLICY, keys_must_expire: true })).toMatch('must expire')
})

test.each([
  [
    { keys_must_expire: false, longest_lifetime_hours: null },
    'never',
    ['never', '1h', '1d', '7d', '30d', '90d', '1y', 'custom'],
  ],
  [{ keys_must_expire: true, longest_lifetime_hours: null }, '90d', ['1h', '1d', '7d', '30d', '90d', '1y', 'custom']],
  [{ keys_must_expire: true, longest_lifetime_hours: 720 }, '30d', ['1h', '1d', '7d', '30d', 'custom']],
  [{ keys_must_expire: true, longest_lifetime_hours: 36 }, '1d', ['1h', '1d', 'custom']],
  [{ keys_must_expire: false, longest_lifetime_hours: 1 }, 'never', ['never', '1h', 'custom']],
] as const)('under %j the form begins with %s and offers nothing that would be refused', (rule, first, offered) => {
  expect(firstChoice(rule)).toBe(first)
  expect(offeredChoices(rule)).toEqual(offered)
})

test('an instant that is not chosen yet is not "never"', () => {
  expect(expiryInstant({ choice: 'custom', at: '' }, NOW)).toBeUndefined()
  expect(expiryInstant({ choice: 'never', at: '' }, NOW)).toBeNull()
  expect(untilPhrase(undefined, NOW)).toBeUndefined()
  expect(untilPhrase(null, NOW)).toBeNull()
})

test('a duration ends that long from now', () => {
  expect(expiryInstant({ choice: '1d', at: '' }, NOW)).toBe(NOW + 24 * HOUR_MS)
})

test('a successor is offered the life of its predecessor, never a longer one', () => {
  const lived = (hours: number | null) => ({
    created_at: new Date(NOW).toISOString(),
    expires_at: hours === null ? null : new Date(NOW + hours * HOUR_MS).toISOString(),
  })
  const offered = (hours: number | null, rule = NO_POLICY) => sameExpiry(lived(hours), rule)
  expect(offered(null)).toBe('never')
  expect(offered(168)).toBe('7d')
  expect(offered(200)).toBe('7d')
  expect(offered(0.5)).toBe('1h')
  expect(offered(null, { ...NO_POLICY, keys_must_expire: true })).toBe('90d')
  expect(offered(8_760, { ...NO_POLICY, longest_lifetime_hours: 48 })).toBe('1d')
})
