import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { customFields, customFieldsPatch, mergeCustomFields } from '@/lib/contracts/custom-fields'

const accepts = (value: unknown) => customFields.safeParse(value).success
const fieldsOf = (count: number, prefix = 'f') =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, index]))

describe('custom fields', () => {
  test('are texts, numbers, true and false, as they came', () => {
    const fields = { name: 'Ada', employees: 12, ratio: 0.1, paying: true, 'with space': '', constructor: 'x' }
    expect(customFields.parse(fields)).toEqual(fields)
  })

  test.each([
    ['null', null],
    ['an object', { set: 1 }],
    ['a list', [1]],
    ['a NUL', 'a\0b'],
    ['half a surrogate pair', '\ud800'],
    ['a text over 2,000 characters', 'x'.repeat(2_001)],
    ['an integer beyond 2^53', 2 ** 53],
    ['a negative one', -(2 ** 53)],
    ['a huge one', 1e300],
    ['infinity', Number.POSITIVE_INFINITY],
    ['not a number', Number.NaN],
  ])('hold no %s', (_, value) => {
    expect(accepts({ field: value })).toBe(false)
  })

  test('have names of 1 to 100 characters without NUL', () => {
    expect(accepts({ ['x'.repeat(100)]: 1 })).toBe(true)
    for (const name of ['', 'x'.repeat(101), 'a\0', '\ud800']) expect(accepts({ [name]: 1 }), name).toBe(false)
  })

  test('are at most 50', () => {
    expect(accepts(fieldsOf(50))).toBe(true)
    expect(accepts(fieldsOf(51))).toBe(false)
  })

  test('are an object and nothing else', () => {
    for (const value of [null, [], 'x', 1, true]) expect(accepts(value)).toBe(false)
  })
})

describe('a merge patch', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd', 'toString', '')
  const value = fc.oneof(fc.string(), fc.integer(), fc.boolean())
  const fields = fc.dictionary(name, value)
  const patch = fc.dictionary(name, fc.option(value))

  test('sets what it names, removes what is null, and leaves the rest', () => {
    fc.assert(
      fc.property(fields, patch, (fields, patch) => {
        const merged = mergeCustomFields(fields, patch)
        for (const name of ['a', 'b', 'c', 'd', 'toString', '']) {
          const expected = Object.hasOwn(patch, name) ? patch[name] : Object.hasOwn(fields, name) ? fields[name] : null
          expect(merged && Object.hasOwn(merged, name) ? merged[name] : null).toBe(expected)
        }
      }),
    )
  })

  test('applied again changes nothing more', () => {
    fc.assert(
      fc.property(fields, patch, (fields, patch) => {
        const once = mergeCustomFields(fields, patch)
        expect(once && mergeCustomFields(once, patch)).toEqual(once)
      }),
    )
  })

  test('is refused where more than 50 fields would come of it', () => {
    expect(mergeCustomFields(fieldsOf(50), { f0: 'changed' })).not.toBeNull()
    expect(mergeCustomFields(fieldsOf(50), { more: 1 })).toBeNull()
    expect(mergeCustomFields(fieldsOf(50), { more: 1, f0: null })).not.toBeNull()
  })

  test('may remove with null, and be wrong in no other way', () => {
    expect(customFieldsPatch.safeParse({ a: null }).success).toBe(true)
    for (const value of [{ set: 1 }, [1], 2 ** 53]) {
      expect(customFieldsPatch.safeParse({ a: value }).success).toBe(false)
    }
  })
})
