import fc from 'fast-check'
import { expect, test } from 'vitest'
import { join, name, sql, word } from '@/lib/kernel/rows/sql'
import { keptStatement, passingStatement } from '@/lib/kernel/rows/statement'

test.each(['', 'a"b', 'a b', 'A', '1a', 'a;', "a'", 'a.b', 'a\n', 'ä'])('%j is no name', (text) => {
  expect(() => name(text)).toThrow()
})

test.each(['', "a'b", 'a b', 'A', '1a', "'", 'a\\', 'a\n', 'ä'])('%j is no word', (text) => {
  expect(() => word(text)).toThrow()
})

test('a value never becomes text, and each stands where its number is, however pieces are put together', () => {
  const value = fc.oneof(fc.string(), fc.integer(), fc.boolean())
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { minLength: 1 }), value, (pairs, last) => {
      const pieces = pairs.map(([a, b]) => sql`${name('a')} = ${a} OR ${name('b')} = ${b}`)
      const piece = sql`WHERE ${join(pieces, ' AND ')} LIMIT ${last}`
      const { text, values } = passingStatement(piece)
      const written = pairs.map((_, index) => `"a" = $${2 * index + 1} OR "b" = $${2 * index + 2}`)
      expect(text).toBe(`WHERE ${written.join(' AND ')} LIMIT $${2 * pairs.length + 1}`)
      expect(values).toEqual([...pairs.flat(), last])
      expect(keptStatement(piece)).toMatchObject({ text, values })
    }),
  )
})
