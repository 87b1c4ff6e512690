import { expect, test } from 'vitest'
import { exampleType, mediaTypeWithin } from '@/lib/contracts/bytes'

test.each([
  ['image/png', 'image/png', 'image/png'],
  ['image/*', 'Image/PNG', 'image/png'],
  ['*/*', 'application/vnd.api+json; charset=utf-8', 'application/vnd.api+json'],
  ['text/csv', ' text/csv ;header=present', 'text/csv'],
])('of %s, %j is %s', (range, header, type) => {
  expect(mediaTypeWithin(range, header)).toBe(type)
})

test.each([
  ['image/png', 'image/jpeg'],
  ['image/*', 'imagery/png'],
  ['image/*', 'image/*'],
  ['image/*', 'image/'],
  ['*/*', ''],
  ['*/*', null],
  ['*/*', 'text'],
  ['*/*', 'text/html/x'],
  ['*/*', 'text/html\r\nX-A: b'],
])('of %s, %j is none', (range, header) => {
  expect(mediaTypeWithin(range, header)).toBeNull()
})

test('an example of a range is of the type that says least', () => {
  expect([exampleType('image/*'), exampleType('*/*'), exampleType('text/csv')]).toEqual([
    'application/octet-stream',
    'application/octet-stream',
    'text/csv',
  ])
})
