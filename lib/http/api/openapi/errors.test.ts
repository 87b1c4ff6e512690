import { describe, expect, test } from 'vitest'
import { defineRows } from '@/lib/contracts/rows/define'
import { idField, kept, reference } from '@/lib/contracts/rows/field'
import { getOf, moveOf, patchOf, removeOf } from '@/lib/contracts/rows/operations'
import { defineResource } from '@/lib/contracts/rows/resource'
import { errorCodes } from '@/lib/http/api/openapi/errors'

const id = { id: idField() }

const shelves = defineRows({
  one: 'shelf',
  many: 'shelves',
  fields: id,
  filters: {},
})

const books = defineRows({
  one: 'book',
  within: { column: 'shelf_id', table: 'shelves', one: 'shelf' },
  fields: { ...id, state: kept({ input: idField().shown, shown: idField().shown }) },
  filters: {},
  states: {
    field: 'state',
    moves: { lend: { from: ['here'], to: 'lent', activity: 'task.completed', after: 'The lent book.' } },
  },
})

const cards = (gone: 'clear' | 'refuse' | 'cascade') =>
  defineRows({
    one: 'card',
    fields: { ...id, book_id: reference({ table: 'books', one: 'book', gone }) },
    filters: {},
  })

const scope = 'books:write'
const [removeShelf, removeBook] = [removeOf(shelves, scope), removeOf(books, scope)]

const library = (gone: 'clear' | 'refuse' | 'cascade') => [
  defineResource({
    name: 'books',
    title: 'Books',
    description: 'What is read.',
    actions: {},
    rows: [shelves, books, cards(gone)],
    operations: {},
  }),
]

describe('the codes of an operation', () => {
  test('have in_use where a reference keeps the row', () => {
    expect(errorCodes(removeBook, library('refuse'))).toContain('in_use')
    for (const gone of ['clear', 'cascade'] as const)
      expect(errorCodes(removeBook, library(gone))).not.toContain('in_use')
  })

  test('have in_use where a reference keeps what would go with the row', () => {
    expect(errorCodes(removeShelf, library('refuse'))).toContain('in_use')
    expect(errorCodes(removeShelf, library('clear'))).not.toContain('in_use')
  })

  test('have wrong_state for a move, and precondition_failed where If-Match is judged', () => {
    expect(errorCodes(moveOf(books, 'lend', scope))).toEqual(
      expect.arrayContaining(['wrong_state', 'precondition_failed', 'not_found']),
    )
    expect(errorCodes(patchOf(books, scope))).toContain('precondition_failed')
    expect(errorCodes(getOf(books, scope))).not.toContain('precondition_failed')
  })

  test('stand there once, also where an operation says again what follows from its data', () => {
    const codes = errorCodes({ ...removeBook, errors: ['in_use', 'not_found'] }, library('refuse'))
    expect(codes).toHaveLength(new Set(codes).size)
  })
})
