import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { setRuntime } from '@/lib/base/node/runtime'
import { openCursor, sealCursor } from '@/lib/kernel/listing/cursor'

const runtimeWith = (authSecret: string) =>
  setRuntime({ databaseUrl: '', authSecret, appUrl: 'http://localhost:3000', requireHttps: false })
const SECRET = 'one secret of the tests'
runtimeWith(SECRET)

const list = fc.string()
const values = fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 4 })
const refused = expect.objectContaining({ code: 'invalid_cursor' })
const opening = (list: string, cursor: string) => () => openCursor(list, cursor)

describe('a cursor', () => {
  test('gives back the position that was put in', () => {
    fc.assert(
      fc.property(list, values, (list, values) => {
        expect(openCursor(list, sealCursor(list, values))).toEqual(values)
      }),
    )
  })

  test('stands in a query string as it is', () => {
    fc.assert(
      fc.property(list, values, (list, values) => {
        expect(sealCursor(list, values)).toMatch(/^[\w-]+$/)
      }),
    )
  })

  test('opens no other list, tenant, filter or sort', () => {
    fc.assert(
      fc.property(list, list, values, (list, other, values) => {
        fc.pre(list !== other)
        expect(opening(other, sealCursor(list, values))).toThrow(refused)
      }),
    )
  })

  test('is refused when any one character is another', () => {
    const character = fc.constantFrom(...'ABCXYZabcxyz0189-_ =+/%é')
    fc.assert(
      fc.property(list, values, fc.nat(), character, (list, values, at, other) => {
        const cursor = sealCursor(list, values)
        const place = at % cursor.length
        fc.pre(cursor.charAt(place) !== other)
        expect(opening(list, cursor.slice(0, place) + other + cursor.slice(place + 1))).toThrow(refused)
      }),
      { numRuns: 1_000 },
    )
  })

  test('is refused when cut, lengthened or made up', () => {
    fc.assert(
      fc.property(list, values, fc.nat(), fc.string(), (list, values, at, invented) => {
        const cursor = sealCursor(list, values)
        expect(opening(list, cursor.slice(0, at % cursor.length))).toThrow(refused)
        expect(opening(list, `${cursor}A`)).toThrow(refused)
        expect(opening(list, `${cursor}=`)).toThrow(refused)
        expect(opening(list, invented)).toThrow(refused)
      }),
    )
  })

  test('is refused where another secret signs', () => {
    const cursor = sealCursor('leads', ['a'])
    runtimeWith('another secret of the tests')
    expect(opening('leads', cursor)).toThrow(refused)
    runtimeWith(SECRET)
    expect(openCursor('leads', cursor)).toEqual(['a'])
  })
})
