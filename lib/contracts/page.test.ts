import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { pageQuery, sortQuery } from '@/lib/contracts/page'

const page = z.strictObject(pageQuery)
const sort = sortQuery(['created_at', 'name'], '-created_at')

describe('the limit of a page', () => {
  test('is 25 unless it is asked for, and 1 to 100', () => {
    expect(page.parse({}).limit).toBe(25)
    for (const limit of ['1', '100']) expect(page.parse({ limit }).limit).toBe(Number(limit))
  })

  test.each(['0', '-1', '101', '1000', '1.5', '1e2', '0x10', ' 5', '', 'ten', '５', '1,5', 'NaN'])(
    'is not %j',
    (limit) => {
      expect(page.safeParse({ limit }).error?.issues[0]?.path).toEqual(['limit'])
    },
  )
})

describe('the sort of a list', () => {
  test.each([
    [undefined, [{ field: 'created_at', direction: 'desc' }]],
    ['name', [{ field: 'name', direction: 'asc' }]],
    [
      '-name,created_at',
      [
        { field: 'name', direction: 'desc' },
        { field: 'created_at', direction: 'asc' },
      ],
    ],
  ])('%j means what it says', (value, expected) => {
    expect(sort.parse(value)).toEqual(expected)
  })

  test.each([
    '',
    'hash',
    'name,hash',
    'name,name',
    'name,-name',
    '--name',
    '+name',
    'name,',
    ',name',
    'NAME',
    ' name',
    'id',
  ])('is not %j', (value) => {
    expect(sort.safeParse(value).success).toBe(false)
  })
})

test('a cursor is 1 to 2,000 characters', () => {
  expect(page.safeParse({ cursor: '' }).success).toBe(false)
  expect(page.safeParse({ cursor: 'x'.repeat(2_001) }).success).toBe(false)
  expect(page.safeParse({ cursor: 'x' }).success).toBe(true)
})
