import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findJsonProblem } from '@/components/playground/request/json-problem'

const isJson = (text: string) => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('the place where a text stops being JSON', () => {
  test.each([
    ['{\n  "email": "a"\n  "name": "b"\n}', 3, 3, 'A comma is missing.'],
    ['{\n  "email": ada\n}', 2, 12, 'This is no JSON value. Text stands in double quotes.'],
    ['{ email: 1 }', 1, 3, expect.any(String)],
    ['{"a": 1,}', 1, 9, 'A name in double quotes is expected.'],
    ['{"a" 1}', 1, 6, 'A colon is missing.'],
    ['{"a": "b}', 1, 7, 'The text is not closed: a " is missing.'],
    ['{"a": 1', 1, 8, 'A closing } is missing.'],
    ['[1, 2', 1, 6, 'A closing ] is missing.'],
    ['{"a": 1} x', 1, 10, expect.any(String)],
    ['// note\n{}', 1, 1, 'JSON has no comments.'],
    ['', 1, 1, 'A value is expected.'],
  ])('in %j', (text, line, column, message) => {
    expect(findJsonProblem(text)).toMatchObject({ line, column, message })
  })

  test('is found exactly where the browser finds the text to be none', () => {
    const nearly = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', '\\', '\u0001', '/*'))
      .map(
        ([json, place, stray]) =>
          json.slice(0, place % (json.length + 1)) + stray + json.slice(place % (json.length + 1)),
      )
    fc.assert(
      fc.property(fc.oneof(fc.json(), nearly, fc.string()), (text) => {
        expect(findJsonProblem(text) === null).toBe(isJson(text))
      }),
    )
  })
})
