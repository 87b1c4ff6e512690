import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checksum, generateKey, isKeyForm, keyPrefix } from '@/lib/keys/format'
import { cpuSeconds } from '@/lib/testing/cpu-time'

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const VECTOR = 'zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ'

const environment = fc.constantFrom('live' as const, 'test' as const)
const random = fc.string({ unit: fc.constantFrom(...BASE62), minLength: 30, maxLength: 30 })
const replace = (text: string, at: number, by: string) => text.slice(0, at) + by + text.slice(at + 1)

describe('the checksum', () => {
  test('is the published one', () => {
    expect(checksum(VECTOR)).toBe('0mLq17')
    expect(isKeyForm(`lk_live_${VECTOR}0mLq17`)).toBe(true)
  })

  test('is six characters of base62 for any random part', () => {
    fc.assert(
      fc.property(random, (part) => {
        expect(checksum(part)).toMatch(/^[0-9A-Za-z]{6}$/)
      }),
    )
  })
})

describe('a made key', () => {
  test('has the form of a key, in its environment', () => {
    fc.assert(
      fc.property(environment, (environment) => {
        const key = generateKey(environment)
        expect(key).toMatch(new RegExp(`^lk_${environment}_[0-9A-Za-z]{36}$`))
        expect(isKeyForm(key)).toBe(true)
      }),
    )
  })

  test('is never made twice, and every character may stand in any place', () => {
    const keys = Array.from({ length: 4_000 }, () => generateKey('live'))
    expect(new Set(keys).size).toBe(keys.length)
    for (let place = 8; place < 38; place++) {
      expect(new Set(keys.map((key) => key.charAt(place))).size).toBe(BASE62.length)
    }
  })

  test('has random bits in every character: the letters that bytes would favour come no more often', () => {
    const letters = Array.from({ length: 4_000 }, () => generateKey('live').slice(8, 38)).join('')
    // 256 is 4 times 62 and 8 more: a plain remainder would give the first eight 15.6 %, not 12.9.
    const favoured = [...letters].filter((letter) => BASE62.indexOf(letter) < 8).length / letters.length
    expect(favoured).toBeGreaterThan(0.12)
    expect(favoured).toBeLessThan(0.14)
  })

  test('is refused when any one character is another', () => {
    const character = fc.constantFrom(...BASE62, '_', '-', ' ', 'é')
    fc.assert(
      fc.property(environment, fc.nat({ max: 43 }), character, (environment, at, other) => {
        const key = generateKey(environment)
        fc.pre(key.charAt(at) !== other)
        expect(isKeyForm(replace(key, at, other))).toBe(false)
      }),
      { numRuns: 2_000 },
    )
  })

  test('is refused when cut, lengthened, padded, of another brand or in another case', () => {
    const key = generateKey('live')
    const wrong = [
      key.slice(0, -1),
      `${key}0`,
      ` ${key}`,
      `${key} `,
      `${key}\n`,
      key.replace('lk', 'xx'),
      '',
      'lk_live_',
    ]
    for (const value of [...wrong, key.toUpperCase(), key.replace('live', 'LIVE'), key.replace('live', 'prod')]) {
      expect(isKeyForm(value), JSON.stringify(value)).toBe(false)
    }
  })

  test('shows the 14 leading characters of itself and no more', () => {
    fc.assert(
      fc.property(environment, (environment) => {
        const key = generateKey(environment)
        expect(keyPrefix(key)).toHaveLength(14)
        expect(key.startsWith(keyPrefix(key))).toBe(true)
      }),
    )
  })
})

test('a long text is judged in time that grows no faster than its length', async () => {
  const seconds = await cpuSeconds(() => {
    for (const text of ['lk_live_'.repeat(200_000), `lk_live_${'A'.repeat(1_000_000)}`, '_'.repeat(1_000_000)]) {
      expect(isKeyForm(text)).toBe(false)
    }
  })
  expect(seconds).toBeLessThan(1)
})
