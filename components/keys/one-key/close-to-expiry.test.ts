import { expect, test } from 'vitest'
import { isCloseToExpiry } from '@/components/keys/one-key/close-to-expiry'
import { DAY_MS } from '@/lib/base/time'

const NOW = Date.parse('2026-12-01T00:00:00Z')

/** A key that was made for so many days, of which so many are left. */
const key = (life: number, left: number, status: 'active' | 'revoked' = 'active') => ({
  status,
  created_at: new Date(NOW + (left - life) * DAY_MS).toISOString(),
  expires_at: new Date(NOW + left * DAY_MS).toISOString(),
})

test.each([
  ['a year’s key at 31 days', key(365, 31), false],
  ['a year’s key at 30 days', key(365, 30), true],
  ['a month’s key at 8 days', key(30, 8), false],
  ['a month’s key at 7 days', key(30, 7), true],
  ['a key of three days at 1 day', key(3, 1), true],
  ['a key of a day', key(1, 0.5), false],
  ['a revoked key', key(365, 3, 'revoked'), false],
  ['a key without an end', { ...key(365, 3), expires_at: null }, false],
])('%s', (_, item, close) => {
  expect(isCloseToExpiry(item, NOW)).toBe(close)
})
