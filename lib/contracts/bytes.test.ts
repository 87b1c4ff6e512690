import { expect, test } from 'vitest'
import { ANY_TYPE, exampleType, readMediaType } from '@/lib/contracts/bytes'

test.each([
  ['image/png', 'Image/PNG', 'image/png'],
  ['text/csv', ' text/csv ;header=present', 'text/csv'],
  [ANY_TYPE, 'application/vnd.api+json; charset=utf-8', 'application/vnd.api+json'],
])('where %s is taken, %j is %s', (taken, header, type) => {
  expect(readMediaType(taken, header)).toBe(type)
})

test.each(['image/jpeg', 'image/*', '', null])('where image/png is taken, %j is nothing', (header) => {
  expect(readMediaType('image/png', header)).toBeNull()
})

test.each(['', null, 'text', 'text/', 'image/*', ANY_TYPE, 'text/html/x', 'text/html\r\nX-A: b'])(
  'where any type is taken, %j is nothing',
  (header) => {
    expect(readMediaType(ANY_TYPE, header)).toBeNull()
  },
)

test('a name of 127 characters is one of a type, and a longer one is not', () => {
  const name = 'x'.repeat(127)
  expect(readMediaType(ANY_TYPE, `${name}/${name}`)).toBe(`${name}/${name}`)
  expect(readMediaType(ANY_TYPE, `${name}x/${name}`)).toBeNull()
  expect(readMediaType(ANY_TYPE, `${name}/${name}x`)).toBeNull()
})

test('an example of any type is of the one that says least', () => {
  expect([exampleType(ANY_TYPE), exampleType('text/csv')]).toEqual(['application/octet-stream', 'text/csv'])
})
