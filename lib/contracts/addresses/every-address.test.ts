import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allowsEveryAddress } from '@/lib/contracts/addresses/every-address'
import { createKeyInput, updateKeyInput } from '@/lib/keys/contract'
import { NO_POLICY, policyInput } from '@/lib/keys/policy/contract'
import { cpuSeconds } from '@/lib/testing/cpu-time'

/** The range of `bits` bits, cut in two as often as the coins say; all addresses at least once. */
function cut(network: bigint, bits: number, width: number, coins: boolean[]): string[] {
  const half = bits < width && bits < 12 && coins.pop()
  if (bits > 0 && !half) return [`${write(network, width)}/${bits}`]
  const next = bits + 1
  return [...cut(network, next, width, coins), ...cut(network + 2n ** BigInt(width - next), next, width, coins)]
}

const write = (address: bigint, width: number): string =>
  width === 32
    ? [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join('.')
    : [112n, 96n, 80n, 64n, 48n, 32n, 16n, 0n].map((shift) => ((address >> shift) & 65_535n).toString(16)).join(':')

const whole = fc
  .tuple(fc.constantFrom(32, 128), fc.array(fc.boolean(), { maxLength: 60 }))
  .map(([width, coins]) => cut(0n, 0, width, coins))

describe('an allowlist', () => {
  test('that leaves nobody out is found, however it is cut, in whatever order, whatever stands beside it', () => {
    fc.assert(
      fc.property(
        whole.chain((ranges) => fc.shuffledSubarray(ranges, { minLength: ranges.length })),
        fc.array(fc.constantFrom('203.0.113.50', '10.0.0.0/8', '2001:db8::/32', '::1')),
        (ranges, others) => {
          expect(allowsEveryAddress([...others, ...ranges])).toBe(true)
        },
      ),
    )
  })

  test('that lacks one part of them is not', () => {
    fc.assert(
      fc.property(whole, fc.nat(), (ranges, at) => {
        const lacking = at % ranges.length
        expect(allowsEveryAddress(ranges.filter((_, index) => index !== lacking))).toBe(false)
      }),
    )
  })

  test.each([
    [[]],
    [['203.0.113.50']],
    [['0.0.0.0/1', '::/1', '8000::/2']],
    [['0.0.0.0/1', '128.0.0.0/2', '192.0.0.0/3', '224.0.0.0/4', '240.0.0.0/5', '248.0.0.0/6']],
  ])('of %j leaves some out', (ranges) => {
    expect(allowsEveryAddress(ranges)).toBe(false)
  })

  test.each([
    [
      'a new key',
      createKeyInput,
      (list: string[]) => ({ name: 'k', environment: 'test', scopes: [], allowed_ips: list }),
    ],
    ['a key that is edited', updateKeyInput, (list: string[]) => ({ allowed_ips: list })],
    ['a policy', policyInput, (list: string[]) => ({ ...NO_POLICY, allowed_ranges: list })],
  ])('of %s is refused where its ranges allow everybody together', (_, schema, input) => {
    const ranges = ['128.0.0.0/1', '::ffff:0.0.0.0/98', '64.0.0.0/2']
    expect(schema.safeParse(input(ranges)).error?.issues).toMatchObject([
      { message: 'Together these allow every address; leave the list empty instead.' },
    ])
    expect(schema.safeParse(input(ranges.slice(1))).success).toBe(true)
  })
})

test('a hundred ranges are judged at once', async () => {
  const ranges = Array.from({ length: 100 }, (_, index) => `2001:db8:${index.toString(16)}::/48`)
  expect(await cpuSeconds(() => void allowsEveryAddress(ranges))).toBeLessThan(0.5)
})
