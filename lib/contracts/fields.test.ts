import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { email, id, instant, label, text } from '@/lib/contracts/fields'
import { cpuSeconds } from '@/lib/testing/cpu-time'

const accepts = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success

const NAMES = {
  NUL: '\0',
  tab: '\t',
  'line feed': '\n',
  'carriage return': '\r',
  escape: '\u001b',
  delete: '\u007f',
  'next line': '\u0085',
  'line separator': '\u2028',
  'paragraph separator': '\u2029',
  'Arabic letter mark': '\u061c',
  'left-to-right mark': '\u200e',
  'right-to-left mark': '\u200f',
  'right-to-left override': '\u202e',
  'right-to-left embedding': '\u202b',
  'first strong isolate': '\u2068',
  'pop isolate': '\u2069',
  'half a surrogate pair': '\ud83d',
  'the other half': '\ude00',
}

describe('a label', () => {
  test.each(Object.entries(NAMES))('has no %s', (_, character) => {
    expect(accepts(label(100), `a${character}b`)).toBe(false)
  })

  test('has 1 to 100 characters after trimming, counted as people count them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 130 }), fc.constantFrom('x', 'ß', '漢', '😀'), (count, character) => {
        expect(accepts(label(100), ` ${character.repeat(count)} `)).toBe(count >= 1 && count <= 100)
      }),
    )
  })

  test.each([
    ['zero-width spaces', '\u200b\u200b'],
    ['joiners', '\u200d\u2060'],
    ['a byte order mark', '\u200b\ufeff'],
    ['a Hangul filler', '\u3164'],
    ['an empty Braille pattern', '\u2800'],
    ['marks that stand on nothing', '\u0301\u0301'],
  ])('is not made of %s alone', (_, value) => {
    expect(accepts(label(100), value)).toBe(false)
    expect(accepts(label(100), `a${value}`)).toBe(true)
  })

  test('keeps what is harmless as it is, HTML and formulas too', () => {
    for (const value of ['<script>alert(1)</script>', '=SUM(A1)', "O'Brien", 'naïve 漢字 😀', '%00', '{{x}}']) {
      expect(label(100).parse(`  ${value} `)).toBe(value)
    }
  })
})

describe('a text', () => {
  test('keeps line breaks and every well-formed character but NUL', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 50 }), (value) => {
        expect(accepts(text(1_000), value)).toBe(!value.includes('\0'))
      }),
    )
    expect(text(20).parse('two\r\nlines\t')).toBe('two\r\nlines\t')
  })

  test('has no NUL and no half of a surrogate pair', () => {
    for (const value of ['a\0', '\ud800', 'x\udfffy', '\udc00\ud800']) expect(accepts(text(10), value)).toBe(false)
  })

  test('counts characters, not their code units', () => {
    expect(accepts(text(3), '😀😀😀')).toBe(true)
    expect(accepts(text(3), '😀😀😀😀')).toBe(false)
  })
})

describe('an email', () => {
  test('is kept trimmed and in lower case', () => {
    expect(email().parse('  Ada@Example.COM ')).toBe('ada@example.com')
  })

  test.each([
    '',
    'ada',
    '@example.com',
    'ada@',
    'a b@example.com',
    'ada@example',
    `${'a'.repeat(250)}@example.com`,
    'ada@example.com\r\nBcc: x@example.com',
    'ada\0@example.com',
    'a@b@example.com',
    '<ada@example.com>',
    '\u212Aate@example.com',
    'ada@example.co\u212A',
    '\u0130da@example.com',
    'ad\u00e4@example.com',
    'ada@ex\u200bample.com',
  ])('is not %j', (value) => {
    expect(accepts(email(), value)).toBe(false)
  })

  test('is judged in time that grows no faster than its length', async () => {
    const long = ['a.'.repeat(200_000), `${'a'.repeat(500_000)}@`, `a@${'b.'.repeat(200_000)}`]
    const seconds = await cpuSeconds(() => long.map((value) => accepts(email(), value)))
    expect(seconds).toBeLessThan(1)
  })
})

describe('an instant', () => {
  test('goes out as it came in', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(1), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }),
        (date) => {
          const wire = date.toISOString()
          expect(instant().parse(wire)).toEqual(date)
          expect(z.encode(instant(), date)).toBe(wire)
        },
      ),
    )
  })

  test('is the same instant in every zone', () => {
    const utc = instant().parse('2027-01-31T09:00:00Z')
    expect(instant().parse('2027-01-31T14:30:00+05:30')).toEqual(utc)
    expect(instant().parse('2027-01-31T01:00:00-08:00')).toEqual(utc)
  })

  test.each([
    '2026-02-30T00:00:00Z',
    '2027-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:00:60Z',
    '2026-01-01',
    '2026-01-01T00:00:00',
    '2026-01-01 00:00:00Z',
    '1970-01-01T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59-01:00',
    '+275760-09-13T00:00:00Z',
    '+010000-01-01T00:00:00Z',
    '-000001-01-01T00:00:00Z',
    'now',
    '',
    '1767225600',
    '２０２６-01-01T00:00:00Z',
  ])('is not %j', (value) => {
    expect(accepts(instant(), value)).toBe(false)
  })

  test('is no number, no date object and nothing else', () => {
    for (const value of [1767225600, null, {}, [], true, new Date()]) expect(accepts(instant(), value)).toBe(false)
  })
})

test.each([
  '',
  '1',
  'x',
  '0198c5a27b1e7c4f9d3a2b1c0f9e8d7c',
  '0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c ',
  "' OR 1=1",
  '../me',
  '{0198c5a2-7b1e-7c4f-9d3a-2b1c0f9e8d7c}',
  1,
  null,
])('an id is not %j', (value) => {
  expect(accepts(id(), value)).toBe(false)
})
