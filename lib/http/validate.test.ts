import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { DomainError } from '@/lib/base/errors'
import { validate, validateQuery } from '@/lib/http/validate'

const schema = z.strictObject({
  name: z.string(),
  nested: z.strictObject({ list: z.array(z.int()) }).optional(),
  limit: z.string().optional(),
})

function errorsOf(check: () => unknown) {
  let caught: Partial<DomainError> = {}
  try {
    check()
  } catch (error) {
    caught = Object(error)
  }
  expect(caught.code).toBe('validation_failed')
  return caught.facts?.errors ?? []
}

describe('wrong input', () => {
  test('is reported at most fifty times, by short names', () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`${index} ${'x'.repeat(1_000)}`, 1]))
    const errors = errorsOf(() => validate(schema, { name: '', ...many }))
    expect(errors).toHaveLength(50)
    expect(JSON.stringify(errors).length).toBeLessThan(20_000)
  })

  test('is reported whole, each error at its own place', () => {
    const errors = errorsOf(() => validate(schema, { nested: { list: [1, 'x', 2.5], more: 1 }, extra: true }))
    expect(errors.map(({ path }) => path).sort()).toEqual([
      'extra',
      'name',
      'nested.list.1',
      'nested.list.2',
      'nested.more',
    ])
    for (const { message } of errors) expect(message).not.toBe('')
  })

  test('is reported at the whole where it is no object', () => {
    for (const input of [null, [], 'x', 1, undefined]) {
      expect(errorsOf(() => validate(schema, input)).map(({ path }) => path)).toEqual([''])
    }
  })

  test('named like a member of every object is unknown like any other', () => {
    for (const name of ['constructor', 'toString', 'hasOwnProperty', 'prototype']) {
      expect(errorsOf(() => validate(schema, { name: 'x', [name]: 1 })).map(({ path }) => path)).toEqual([name])
    }
  })
})

describe('a query string', () => {
  const query = (text: string) => validateQuery(schema, new URLSearchParams(text))

  test('gives its parameters', () => {
    expect(query('name=a%20b&limit=5')).toEqual({ name: 'a b', limit: '5' })
  })

  test.each([
    ['name=a&unknown=1', 'unknown'],
    ['name=a&limit[]=1', 'limit[]'],
    ['name=a&limit%5B%5D=1', 'limit[]'],
    ['name=a&name=b', 'name'],
    ['name=a&limit=1&limit=1', 'limit'],
    ['name=a&__proto__=1', '__proto__'],
    ['name=a&=1', ''],
    ['name=a&NAME=b', 'NAME'],
  ])('%s is refused at %j', (text, path) => {
    expect(errorsOf(() => query(text)).map((error) => error.path)).toEqual([path])
  })

  test('with broken percent-encoding fails on nothing', () => {
    expect(query('name=%ZZ%')).toEqual({ name: '%ZZ%' })
    expect(query('name=%FF')).toEqual({ name: '\ufffd' })
  })
})

describe('the words of a refusal', () => {
  test('are ours, whatever is wrong', () => {
    const everything = z.strictObject({
      text: z.string().min(2),
      number: z.int(),
      choice: z.enum(['a', 'b']),
      list: z.array(z.boolean()).max(1),
      either: z.union([z.literal(1), z.object({})]),
      record: z.record(z.string().max(1), z.string()),
    })
    const inputs: unknown[] = [
      undefined,
      {},
      { text: '', number: 1.5, choice: 'c', list: [true, true], either: 2, record: { ab: 'x' }, more: 1 },
      { text: 1, number: 'x', choice: null, list: {}, either: null, record: [] },
    ]
    for (const input of inputs) {
      for (const { message } of errorsOf(() => validate(everything, input))) {
        expect(message).not.toMatch(/invalid|expected|received|input|>=|<=|unrecognized/i)
        expect(message).toMatch(/^[A-Z].*\.$/)
      }
    }
  })

  test('explain a + that a query has turned into a space', () => {
    const query = new URLSearchParams('email=ada+x@example.com')
    const [error] = errorsOf(() => validateQuery(z.strictObject({ email: z.email('An email address.') }), query))
    expect(error?.message).toBe('An email address. In a query + means a space; a + itself is %2B.')
  })

  test.each(['+ada@example.com', 'ada@example.com+'])(
    'explain it too where the space would be cut off: %s',
    (asked) => {
      const schema = z.strictObject({ email: z.string().trim().pipe(z.email()), q: z.string() })
      const query = new URLSearchParams(`email=${asked}&q=+kept+`)
      expect(errorsOf(() => validateQuery(schema, query))).toEqual([
        { path: 'email', message: 'Leave out the spaces around it. In a query + means a space; a + itself is %2B.' },
      ])
    },
  )
})
