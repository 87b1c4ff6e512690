import { expect, test } from 'vitest'
import { explain } from '@/lib/server/database/explain-failure'

const withCode = (code: string, cause?: unknown) =>
  Object.assign(new Error('as the library says it', { cause }), { code })

test.each([
  [withCode('ENOSPC'), /^The disk is full\. Make room, then start again\.$/],
  [withCode('EROFS'), /^The disk is read-only\. Set DATA_DIR/],
  [withCode('53100'), /^The disk of the database is full\. Make room there/],
  [withCode('25006'), /^The database is read-only\. Make it writable/],
  [new Error('a query failed', { cause: withCode('57P01') }), /^The database was shut down meanwhile\./],
  [withCode('P2010', withCode('ECONNREFUSED')), /^The database went away meanwhile\./],
])('what the machine did is told in one sentence, also where a library wraps it: %o', (error, sentence) => {
  expect(explain(error)).toMatchObject({ name: 'StartError', message: expect.stringMatching(sentence) })
})

test('a fault of our own stays what it is, with its stack', () => {
  const fault = new TypeError('undefined is not a function')
  expect(explain(fault)).toBe(fault)
})
