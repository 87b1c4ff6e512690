import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalizeAllowedAddress } from '@/lib/contracts/addresses/allowed-address'
import { pool } from '@/lib/kernel/db/client'
import { cpuSeconds } from '@/lib/testing/cpu-time'
import { useTestDatabase } from '@/lib/testing/database'

useTestDatabase()

const accepted = (line: string) => {
  const result = normalizeAllowedAddress(line)
  return 'address' in result ? result.address : null
}

async function ask(sql: string, ...values: string[]): Promise<unknown> {
  const { rows } = await pool().query({ text: `SELECT (${sql}) AS answer`, values })
  return rows[0]?.answer
}

const write = (bytes: Uint8Array) =>
  bytes.length === 4
    ? bytes.join('.')
    : Buffer.from(bytes)
        .toString('hex')
        .replace(/(.{4})(?=.)/g, '$1:')

const flip = (bytes: Uint8Array, bit: number) =>
  bytes.map((byte, index) => (index === bit >> 3 ? byte ^ (0x80 >> (bit & 7)) : byte))

/** A range as anybody may write it, host bits and all, and an address that differs from it in one bit. */
const range = fc
  .constantFrom(4, 16)
  .chain((size) =>
    fc.tuple(
      fc.uint8Array({ minLength: size, maxLength: size }),
      fc.integer({ min: 1, max: size * 8 }),
      fc.nat({ max: size * 8 - 1 }),
    ),
  )
  .map(([bytes, bits, bit]) => ({ line: `${write(bytes)}/${bits}`, near: write(flip(bytes, bit)) }))

const masked = async (line: string) => String(await ask('network($1::inet)::text', line))

test('an IPv4 address that stands in IPv6 without being carried by it stays what it is', () => {
  expect(accepted('::1.2.3.4')).toBe('::102:304')
  expect(accepted('::ffff:1.2.3.4')).toBe('1.2.3.4')
})

describe('every range', () => {
  test('is kept in a form that Postgres reads as the same range', async () => {
    await fc.assert(
      fc.asyncProperty(range, async ({ line }) => {
        const network = await masked(line)
        expect(await ask('$1::inet = $2::inet', accepted(network) ?? '', network)).toBe(true)
      }),
    )
  })

  test('lets in what it contains and not one address more', async () => {
    await fc.assert(
      fc.asyncProperty(range, async ({ line, near }) => {
        const kept = accepted(await masked(line)) ?? ''
        for (const address of [line.replace(/\/.*/, ''), near]) {
          expect(await ask('$1::inet <<= $2::inet', address, kept)).toBe(
            await ask('$1::inet <<= $2::inet', address, line),
          )
        }
      }),
    )
  })

  test('is refused for host bits exactly where Postgres refuses it as a cidr, and the message names the range', async () => {
    await fc.assert(
      fc.asyncProperty(range, async ({ line }) => {
        const network = await masked(line)
        const result = normalizeAllowedAddress(line)
        expect('address' in result).toBe(await ask('$1::inet = $2::inet', line, network))
        if ('problem' in result) expect(result.problem).toMatch(/the range is \S+\/\d+\.$/)
      }),
    )
  })

  test('stays as it is when it is checked again', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (line) => {
        const kept = accepted(line)
        expect(kept).not.toBeNull()
        expect(accepted(kept ?? '')).toBe(kept)
      }),
    )
  })
})

describe('each written form', () => {
  test.each([
    ['203.0.113.50', '203.0.113.50'],
    ['  203.0.113.50 ', '203.0.113.50'],
    ['203.0.113.50/32', '203.0.113.50'],
    ['198.51.100.0/24', '198.51.100.0/24'],
    ['128.0.0.0/1', '128.0.0.0/1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:db8::/32', '2001:db8::/32'],
    ['2001:db8::1/128', '2001:db8::1'],
    ['::ffff:203.0.113.50', '203.0.113.50'],
    ['::ffff:cb00:7132', '203.0.113.50'],
    ['::ffff:198.51.100.0/120', '198.51.100.0/24'],
  ])('%j is kept as %j', (line, kept) => {
    expect(normalizeAllowedAddress(line)).toEqual({ address: kept })
  })

  test.each([
    '',
    ' ',
    'localhost',
    'example.com',
    '203.0.113',
    '203.0.113.256',
    '203.0.113.050',
    '0203.0.113.50',
    '0x7f.0.0.1',
    '2130706433',
    '127.1',
    '203.0.113.50:443',
    '[2001:db8::1]',
    'fe80::1%eth0',
    '2001:db8::1::2',
    '12345::',
    '203.0.113.0/33',
    '203.0.113.0/-1',
    '203.0.113.0/024',
    '203.0.113.0/24/8',
    '203.0.113.0/',
    '203.0.113.0/2 4',
    '203.0.113.0/255.255.255.0',
    '2001:db8::/129',
    '::ffff:198.51.100.0/24',
    '0.0.0.0/0',
    '::/0',
    '::ffff:0:0/96',
    '203.0.113.50/24',
    '2001:db8::1/64',
    '203.0.113.50,203.0.113.51',
    '２０３.0.113.50',
    '203.0.113.50\0',
  ])('%j is refused, with a reason', (line) => {
    const result = normalizeAllowedAddress(line)
    expect('problem' in result && result.problem.length > 10).toBe(true)
  })
})

test('a long line is repeated in part', () => {
  for (const line of ['x'.repeat(10_000), `203.0.113.0/${'9'.repeat(10_000)}`]) {
    const result = normalizeAllowedAddress(line)
    expect('problem' in result && result.problem.length < 300).toBe(true)
  }
})

test('no text at all makes it fail or slow', async () => {
  fc.assert(fc.property(fc.string(), (line) => void normalizeAllowedAddress(line)))
  const seconds = await cpuSeconds(() => {
    for (const long of ['1'.repeat(1_000_000), ':'.repeat(1_000_000), '1.'.repeat(500_000)]) accepted(long)
  })
  expect(seconds).toBeLessThan(1)
})
