import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseJson } from '@/lib/http/body/parse-json'
import { cpuSeconds } from '@/lib/testing/cpu-time'

const refused = expect.objectContaining({ code: 'malformed_json' })
const parsing = (text: string) => () => parseJson(text)
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

/** Names within `value` that the parser refuses whatever else is right. */
const hasForbiddenName = (text: string) => /__proto__/.test(text)

describe('any JSON value', () => {
  test('comes back as it was written', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const text = JSON.stringify(value)
        fc.pre(!hasForbiddenName(text))
        expect(JSON.stringify(parseJson(text))).toBe(text)
        expect(parseJson(JSON.stringify(value, null, 2))).toEqual(JSON.parse(text))
      }),
    )
  })
})

describe('any text that is not JSON', () => {
  test('is refused, and never anything but refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        let valid = true
        try {
          JSON.parse(text)
        } catch {
          valid = false
        }
        if (!valid) expect(parsing(text)).toThrow(refused)
      }),
    )
  })

  test.each([
    '',
    ' ',
    '{',
    '{"a":1,}',
    "{'a':1}",
    '{a:1}',
    '[1,]',
    '// c\n1',
    '/* c */1',
    '01',
    '+1',
    '.5',
    '1.',
    'NaN',
  ])('%j is refused', (text) => {
    expect(parsing(text)).toThrow(refused)
  })

  test.each(['Infinity', '-Infinity', 'undefined', '"\n"', '"\\x41"', '1 2', '\uFEFF{}', '\u00A01', 'tru'])(
    '%j is refused',
    (text) => {
      expect(parsing(text)).toThrow(refused)
    },
  )
})

describe('a key given twice', () => {
  test('is refused wherever it stands', () => {
    const name = fc.string().filter((name) => name !== '__proto__')
    const wrap = fc.constantFrom<(inner: string) => string>(
      (inner) => inner,
      (inner) => `[1,${inner}]`,
      (inner) => `{"x":{"y":${inner}},"z":0}`,
      (inner) => `[[{"deep":[${inner},{}]}]]`,
    )
    fc.assert(
      fc.property(name, fc.array(fc.nat()), wrap, (name, between, wrap) => {
        const key = JSON.stringify(name)
        const others = between.map((number, index) => `,"other ${index}":${number}`).join('')
        fc.pre(!name.startsWith('other '))
        expect(parsing(wrap(`{${key}:1${others},${key}:2}`))).toThrow(refused)
        expect(parsing(wrap(`{${key}:1${others}}`))).not.toThrow()
      }),
    )
  })

  test('is repeated in part where it is long', () => {
    const key = JSON.stringify('k'.repeat(10_000))
    expect(parsing(`{${key}:1,${key}:2}`)).toThrow(/"k{100}…" twice/)
  })

  test('is refused however it is spelt', () => {
    expect(parsing('{"name":1,"n\\u0061me":2}')).toThrow(refused)
    expect(parsing('{"":1,"":1}')).toThrow(refused)
  })

  test('is fine in two objects', () => {
    expect(parseJson('[{"a":1},{"a":{"a":2}}]')).toEqual([{ a: 1 }, { a: { a: 2 } }])
  })
})

describe('prototypes', () => {
  test.each(['{"__proto__":{"admin":true}}', '[{"a":{"__proto__":1}}]', '{"\\u005f_proto__":{}}'])(
    '%s is refused',
    (text) => {
      expect(parsing(text)).toThrow(refused)
    },
  )

  test('stay as they are, whatever the names', () => {
    const value = parseJson('{"constructor":{"prototype":{"polluted":1}},"toString":2}')
    expect(Object.hasOwn(Object(value), 'toString')).toBe(true)
    expect('polluted' in {}).toBe(false)
  })
})

describe('numbers', () => {
  test.each(['1e400', '-1e400', '[1E999]', '{"a":{"b":2e308}}', `${'9'.repeat(400)}`])('%s is refused', (text) => {
    expect(parsing(text)).toThrow(refused)
  })

  test.each([
    ['1e308', 1e308],
    ['-0', -0],
    ['9007199254740992', 9007199254740992],
  ])('%s is what a double holds', (text, value) => {
    expect(parseJson(text)).toBe(value)
  })
})

describe('nesting', () => {
  test('is accepted to 32 levels and refused beyond', () => {
    expect(parsing(nested(32))).not.toThrow()
    expect(parsing(nested(33))).toThrow(refused)
    expect(parsing(`${'{"a":'.repeat(33)}1${'}'.repeat(33)}`)).toThrow(refused)
  })

  test('costs nothing however deep it is', async () => {
    const seconds = await cpuSeconds(() => {
      expect(parsing(nested(500_000))).toThrow(refused)
      expect(parsing('['.repeat(1_000_000))).toThrow(refused)
      expect(parsing('{"a":'.repeat(200_000))).toThrow(refused)
    })
    expect(seconds).toBeLessThan(2)
  })

  test('side by side is not nesting', () => {
    expect(parseJson(`[${Array(1_000).fill('[[1]]').join()}]`)).toHaveLength(1_000)
  })
})

describe('a number that would be rounded', () => {
  test('is refused at its place, with every other', () => {
    const text = '{"a":0.1234567890123456789,"b":[1,{"c":1e-400}],"d":0.1}'
    expect(parsing(text)).toThrow(
      expect.objectContaining({
        code: 'validation_failed',
        facts: { errors: [expect.objectContaining({ path: 'a' }), expect.objectContaining({ path: 'b.1.c' })] },
      }),
    )
  })
})
