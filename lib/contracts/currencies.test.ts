import { expect, test } from 'vitest'
import { CURRENCIES } from '@/lib/contracts/currencies'
import { currency } from '@/lib/contracts/rows/field'

test.each(['EUR', 'SLE', 'VED', 'XAF', 'XCG', 'ZWG'])('amounts are paid in %s', (code) => {
  expect(CURRENCIES.has(code)).toBe(true)
})

test.each([
  ['a currency that is gone', ['ANG', 'BGN', 'CUC', 'HRK', 'SLL', 'ZWL']],
  ['a metal, a fund, a unit of account or a code for tests', ['XAU', 'CLF', 'USN', 'XDR', 'XAD', 'XTS', 'XXX']],
])('none is paid in %s', (_, codes) => {
  expect(codes.filter((code) => CURRENCIES.has(code))).toEqual([])
})

test('what was kept in a currency that is gone since is shown', () => {
  expect(currency().shown.safeParse('BGN').success).toBe(true)
})
