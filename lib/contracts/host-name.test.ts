import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hostName } from '@/lib/contracts/host-name'

const read = (value: string) => hostName().safeParse(value).data

test.each([
  ['example.com', 'example.com'],
  ['  Example.COM ', 'example.com'],
  ['example.com.', 'example.com'],
  ['Bücher.de', 'xn--bcher-kva.de'],
  ['XN--BCHER-KVA.de', 'xn--bcher-kva.de'],
  ['mail.eu.example.co.uk', 'mail.eu.example.co.uk'],
  [`${'a'.repeat(63)}.com`, `${'a'.repeat(63)}.com`],
])('%s is kept as %s', (sent, kept) => {
  expect(read(sent)).toBe(kept)
})

test.each([
  '',
  'localhost',
  '.com',
  'example..com',
  'https://example.com',
  'example.com/path',
  'example.com:443',
  'ada@example.com',
  'user:pass@example.com',
  'example.com?x',
  'example.com#x',
  'exam\\ple.com',
  'exam ple.com',
  'exam\tple.com',
  'exam\0ple.com',
  'exam%70le.com',
  '127.0.0.1',
  '0x7f.1',
  '[::1]',
  '-example.com',
  'example-.com',
  'ex_ample.com',
  '*.example.com',
  `${'a'.repeat(64)}.com`,
  `${'a.'.repeat(126)}com`,
  '\uD800.com',
  'x'.repeat(2_000),
])('%j is no host name', (sent) => {
  expect(read(sent)).toBeUndefined()
})

describe('whatever is sent', () => {
  test('what is kept is kept the same when it is sent again', () => {
    fc.assert(
      fc.property(fc.oneof(fc.domain(), fc.string(), fc.string({ unit: 'grapheme' })), (value) => {
        const kept = read(value)
        if (kept !== undefined) expect(read(kept)).toBe(kept)
      }),
    )
  })

  test('a domain is accepted in any case, and kept in lower case', () => {
    fc.assert(
      fc.property(fc.domain(), (domain) => {
        expect(read(domain.toUpperCase())).toBe(domain.toLowerCase())
      }),
    )
  })
})
