import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isKeptExactly } from '@/lib/http/body/exact-number'

test.each([
  ['0', true],
  ['-0', true],
  ['0.000', true],
  ['0e999999999999', true],
  ['0.1', true],
  ['0.10', true],
  ['1e2', true],
  ['1E+2', true],
  ['100e-2', true],
  ['12300000000000000000000', true],
  ['9007199254740992', true],
  ['9007199254740993', false],
  ['0.1234567890123456789', false],
  ['1e-400', false],
  ['1.7976931348623157e308', true],
  ['123456789012345678901234567890', false],
  ['5e-324', true],
  ['4e-324', false],
  ['0.30000000000000004', true],
  ['0.30000000000000003', false],
  ['1e999999999999999999999', false],
  [`0.1${'0'.repeat(60)}`, true],
  [`0.1${'0'.repeat(60)}1`, false],
  [`-1${'0'.repeat(60)}`, true],
  [`-1${'0'.repeat(60)}1`, false],
])('%s is kept: %s', (literal, kept) => {
  expect(isKeptExactly(literal)).toBe(kept)
})

test.each(['1e-', '0.', '1', '-1'])('a megabyte of zeros after %j takes no time', (start) => {
  const began = performance.now()
  isKeptExactly(`${start}${'0'.repeat(1_000_000)}1`)
  expect(performance.now() - began).toBeLessThan(1_000)
})

test('every number that JavaScript writes is kept', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => isKeptExactly(JSON.stringify(value))),
  )
})

test('of decimals of up to fifteen digits all are kept', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }), fc.integer({ min: -200, max: 200 }), (digits, power) =>
      isKeptExactly(`${digits}e${power}`),
    ),
  )
})
