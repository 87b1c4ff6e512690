import fc from 'fast-check'
import { expect, test } from 'vitest'
import { join, name, type Sql, sql, type Value } from '@/lib/kernel/rows/sql'
import { keptStatement, passingStatement } from '@/lib/kernel/rows/statement'

const pair = (one: Value | Sql, other: Value | Sql) => sql`${one} = ${other}`
const inner = (value: Value) => sql`lower(${value})`

test('what is composed in the same way has one text and one name, and the values of each call', () => {
  const [first, again] = ['a', 'b'].map((value) => keptStatement(sql`SELECT ${pair(inner(value), name('email'))}`))
  expect(first).toMatchObject({ text: 'SELECT lower($1) = "email"', values: ['a'] })
  expect(again).toEqual({ ...first, values: ['b'] })
})

test('what is composed of the same pieces in another order has another text and another name', () => {
  const [one, other] = [pair(inner(1), 2), pair(1, inner(2))].map(keptStatement)
  expect([one?.text, other?.text]).toEqual(['lower($1) = $2', '$1 = lower($2)'])
  expect(one?.name).not.toBe(other?.name)
})

const pieces = fc.letrec<{ piece: Sql; part: Value | Sql }>((tie) => ({
  part: fc.oneof({ maxDepth: 4 }, fc.integer(), fc.array(fc.string()), tie('piece')),
  piece: fc.oneof(
    { maxDepth: 4 },
    fc.constant(name('id')),
    tie('part').map((part) => sql`(${part})`),
    fc.tuple(tie('part'), tie('part')).map(([one, other]) => pair(one, other)),
    fc.array(tie('piece'), { maxLength: 3 }).map((parts) => join(parts, ' AND ')),
  ),
})).piece

test('a kept statement is the one that would be written anew, with its parameters numbered from one', () => {
  fc.assert(
    fc.property(pieces, (piece) => {
      const { text, values } = keptStatement(piece)
      expect(passingStatement(piece)).toEqual({ text, values })
      expect(text.match(/\$\d+/g) ?? []).toEqual(values.map((_, index) => `$${index + 1}`))
    }),
  )
})
