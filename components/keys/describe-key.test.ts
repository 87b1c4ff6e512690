import { expect, test } from 'vitest'
import { describeKey } from '@/components/keys/describe-key'
import { ORDERS_CATALOGUE } from '@/lib/testing/orders-catalogue'

const base = { scopes: [], environment: 'live', allowed_ips: [], until: null } as const

test.each([
  [base, 'This key can only ask who it is (/me and /test), and never expires.'],
  [{ ...base, scopes: ['orders:read'] }, 'This key can read orders in live data, and never expires.'],
  [
    { ...base, scopes: ['orders:read', 'orders:create'], environment: 'test', until: 'until 17 Feb 2027' },
    'This key can read and create orders in the sandbox, until 17 Feb 2027.',
  ],
  [
    { ...base, scopes: ['orders:delete'], allowed_ips: ['203.0.113.50'] },
    'This key can delete orders in live data, from 203.0.113.50 only, and never expires.',
  ],
  [
    { ...base, scopes: ['orders:read', 'orders:delete', 'read:all'] },
    'This key can read everything but API keys and delete orders in live data, and never expires.',
  ],
  [
    { ...base, scopes: ['orders:read', 'admin'] },
    'This key can do everything, including people, billing and API keys in live data, and never expires.',
  ],
] as const)('%j', (sketch, sentence) => {
  expect(describeKey(ORDERS_CATALOGUE, sketch)).toBe(sentence)
})
