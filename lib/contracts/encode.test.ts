import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readStored, writeReply } from '@/lib/contracts/encode'
import { instant, label } from '@/lib/contracts/fields'

const schema = z.object({ name: label(3), at: instant() })
const at = new Date('2027-01-31T09:00:00Z')

describe('what the product wrote itself', () => {
  test('is not checked again, also where a limit has become tighter since', () => {
    expect(readStored(label(3), 'Ada Lovelace')).toBe('Ada Lovelace')
    expect(writeReply(schema, { name: 'Ada Lovelace', at })).toEqual({
      name: 'Ada Lovelace',
      at: '2027-01-31T09:00:00.000Z',
    })
  })

  test('has the members that the schema names, and no other', () => {
    const row = { name: 'Ada', at, hash: 'secret' }
    expect(writeReply(schema, row)).toEqual({ name: 'Ada', at: '2027-01-31T09:00:00.000Z' })
    expect(readStored(z.object({ name: label(3) }), row)).toEqual({ name: 'Ada' })
  })

  test('is refused where it has another shape', () => {
    expect(() => readStored(label(3), 3)).toThrow('expected string')
    expect(() => writeReply(z.object({ at: instant() }), { at: new Date(Number.NaN) })).toThrow('expected date')
  })
})
