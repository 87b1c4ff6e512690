import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exceededBound, type KeyBounds, withinBounds } from '@/lib/keys/life/bounds'
import { CATALOGUE } from '@/lib/resources/register'

const names = CATALOGUE.scopes.map(({ scope }) => scope)

// Small spaces, so that keys often lie within each other and the properties are not empty.
const date = fc.option(
  fc.integer({ min: 0, max: 5 }).map((n) => new Date(n)),
  { nil: null },
)
const range4 = fc
  .tuple(fc.nat(255), fc.integer({ min: 24, max: 32 }))
  .map(([last, bits]) => `203.0.113.${(last >> (32 - bits)) << (32 - bits)}/${bits}`)
const range6 = fc.constantFrom('2001:db8::/32', '2001:db8:1::/48', '2001:db8:1::5', '2001:db9::/32')
const single4 = fc.nat(255).map((last) => `203.0.113.${last}`)

const bounds: fc.Arbitrary<KeyBounds> = fc.record({
  environment: fc.constantFrom('live', 'test'),
  scopes: fc.oneof(fc.subarray(names, { maxLength: 4 }), fc.constant(['admin']), fc.constant([])),
  allowed_ips: fc.oneof(fc.constant([]), fc.array(fc.oneof(range4, single4, range6), { minLength: 1, maxLength: 3 })),
  expires_at: date,
  retires_at: date,
  rate_limit: fc.option(fc.integer({ min: 1, max: 3 }), { nil: null }),
})

/** One that lies within `outer`, often. */
const within = (outer: KeyBounds) =>
  fc
    .record({
      scopes: fc.subarray([...outer.scopes]),
      environment: fc.constant(outer.environment),
      allowed_ips: outer.allowed_ips.length ? fc.subarray([...outer.allowed_ips], { minLength: 1 }) : fc.constant([]),
      expires_at: fc.constant(outer.expires_at),
      retires_at: fc.oneof(fc.constant(outer.retires_at), fc.constant(new Date(0))),
      rate_limit: fc.constant(outer.rate_limit),
    })
    .map((key): KeyBounds => key)

const pair = bounds.chain((outer) => fc.tuple(fc.constant(outer), fc.oneof(bounds, within(outer))))
const triple = pair.chain(([a, b]) => fc.tuple(fc.constant(a), fc.constant(b), fc.oneof(bounds, within(b))))

/** Which of 256 addresses of one network, and some of IPv6, a list lets in: by arithmetic of its own. */
const probes6: Record<string, string[]> = {
  '2001:db8::/32': ['2001:db8:1::5', '2001:db8:1::6', '2001:db8:2::1'],
  '2001:db8:1::/48': ['2001:db8:1::5', '2001:db8:1::6'],
  '2001:db8:1::5': ['2001:db8:1::5'],
  '2001:db9::/32': ['2001:db9::1'],
}
function admitted(list: readonly string[]): Set<string> {
  const everyone = Array.from({ length: 256 }, (_, last) => `203.0.113.${last}`)
  if (list.length === 0) return new Set([...everyone, ...Object.values(probes6).flat(), 'elsewhere'])
  return new Set(
    list.flatMap((range) => {
      if (range.includes(':')) return probes6[range] ?? []
      const [address = '', bits = '32'] = range.split('/')
      const size = 2 ** (32 - Number(bits))
      const first = Number(address.split('.')[3])
      return everyone.slice(first, first + size)
    }),
  )
}

const end = ({ expires_at, retires_at }: KeyBounds) =>
  Math.min(...[expires_at, retires_at].map((d) => d?.getTime() ?? 99))

describe('bounds', () => {
  test('hold the key itself', () => {
    fc.assert(fc.property(bounds, (key) => withinBounds(key, key)))
  })

  test('hold what is within what is within them', () => {
    fc.assert(
      fc.property(triple, ([a, b, c]) => {
        if (withinBounds(a, b) && withinBounds(b, c)) expect(exceededBound(a, c)).toBeNull()
      }),
      { numRuns: 2_000 },
    )
  })

  test('hold nothing that opens more, lives longer, works from elsewhere or is faster', () => {
    fc.assert(
      fc.property(pair, ([actor, key]) => {
        if (!withinBounds(actor, key)) return
        expect(key.environment).toBe(actor.environment)
        expect(
          names.filter((scope) => CATALOGUE.grants(key.scopes, scope) && !CATALOGUE.grants(actor.scopes, scope)),
        ).toEqual([])
        expect(end(key)).toBeLessThanOrEqual(end(actor))
        const from = admitted(actor.allowed_ips)
        expect([...admitted(key.allowed_ips)].filter((address) => !from.has(address))).toEqual([])
        expect(key.rate_limit ?? 99).toBeLessThanOrEqual(actor.rate_limit ?? 99)
      }),
      { numRuns: 3_000 },
    )
  })

  test('hold every narrower key', () => {
    fc.assert(
      fc.property(
        bounds.chain((a) => fc.tuple(fc.constant(a), within(a))),
        ([a, b]) => withinBounds(a, b),
      ),
    )
  })

  test('of a key with admin alone hold every scope', () => {
    fc.assert(
      fc.property(bounds, fc.subarray(names), (key, scopes) => {
        expect(withinBounds({ ...key, scopes: ['admin'] }, { ...key, scopes })).toBe(true)
      }),
    )
  })

  test('of a key without admin never hold one with it', () => {
    const lesser = names.filter((name) => name !== 'admin')
    fc.assert(
      fc.property(bounds, fc.subarray(lesser), (key, scopes) => {
        expect(exceededBound({ ...key, scopes }, { ...key, scopes: ['admin'] })).toBe('scopes')
      }),
    )
  })
})

describe('the bound that is named', () => {
  const key: KeyBounds = { environment: 'live', scopes: ['admin'], allowed_ips: [], expires_at: null }
  const at = (ms: number) => ({ expires_at: new Date(ms) })
  const limited = { ...key, allowed_ips: ['203.0.113.0/24', '2001:db8::/32'] }
  test.each([
    ['environment', key, { environment: 'test' as const }],
    ['scopes', { ...key, scopes: ['leads:read'] }, { scopes: ['read:all'] }],
    ['scopes', { ...key, scopes: ['read:all'] }, { scopes: ['leads:create'] }],
    [null, { ...key, scopes: ['read:all'] }, { scopes: ['leads:read'] }],
    [null, { ...key, scopes: [] }, { scopes: [] }],
    ['expiry', { ...key, ...at(5) }, { expires_at: null }],
    ['expiry', { ...key, ...at(5) }, at(6)],
    [null, { ...key, ...at(5) }, at(5)],
    ['expiry', { ...key, retires_at: new Date(5) }, { retires_at: null }],
    ['expiry', { ...key, ...at(9), retires_at: new Date(5) }, { ...at(9), retires_at: null }],
    ['allowlist', limited, { allowed_ips: [] }],
    ['allowlist', limited, { allowed_ips: ['203.0.113.7', '198.51.100.1'] }],
    ['allowlist', limited, { allowed_ips: ['203.0.112.0/23'] }],
    ['allowlist', limited, { allowed_ips: ['2001:db8::1', '2001:db9::1'] }],
    ['allowlist', { ...key, allowed_ips: ['203.0.113.7'] }, { allowed_ips: ['203.0.113.0/24'] }],
    [null, limited, { allowed_ips: ['203.0.113.7', '203.0.113.128/25', '2001:db8:1::/48'] }],
    ['rate limit', { ...key, rate_limit: 10 }, { rate_limit: null }],
    ['rate limit', { ...key, rate_limit: 10 }, { rate_limit: 11 }],
    [null, { ...key, rate_limit: 10 }, { rate_limit: 10 }],
    [null, key, { rate_limit: 10 }],
  ])('is %s', (bound, actor, change) => {
    expect(exceededBound(actor, { ...actor, ...change })).toBe(bound)
  })
})
