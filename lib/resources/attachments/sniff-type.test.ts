import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { sniffType } from '@/lib/resources/attachments/sniff-type'

const sniff = async (content: string | Uint8Array, type = 'application/octet-stream') => {
  const bytes = new Uint8Array(Buffer.from(content))
  const read = async (position: number, length: number) => bytes.slice(position, position + length)
  return (await sniffType({ type, size: bytes.length, read })).type
}

const hex = (digits: string) => new Uint8Array(Buffer.from(digits, 'hex'))
const PNG = hex('89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55')
const PDF = '%PDF-1.7\n%âãÏÓ\n'
const ELF = Buffer.concat([hex('7f454c4602010100'), new Uint8Array(64)])

test.each([
  ['a picture', PNG, 'text/html', 'image/png'],
  ['a document', PDF, 'image/png', 'application/pdf'],
  ['a program', ELF, 'text/plain', 'application/x-elf'],
  ['a page', '<!doctype html><script>alert(1)</script>', 'image/png', 'text/plain'],
  ['bytes of no type', hex('00010203fffe'), 'image/png', 'application/octet-stream'],
])('%s is what its bytes are, whatever it claims to be', async (_, content, claimed, type) => {
  expect(await sniff(content, claimed)).toBe(type)
})

test.each(['text/csv', 'text/html', 'application/json', 'application/ld+json', 'application/yaml'])(
  'of texts the claim is kept: %s',
  async (claimed) => {
    expect(await sniff('a, b\n1, ä\n', claimed)).toBe(claimed)
    expect(await sniff('a\0b', claimed)).toBe('application/octet-stream')
    expect(await sniff(hex('e4f6fc'), claimed)).toBe('application/octet-stream')
  },
)

test('a text is one also where what is looked at ends within a character', async () => {
  expect(await sniff(`x${'ä'.repeat(40_000)}`)).toBe('text/plain')
})

test('bytes that begin as a type and end at once, or are packed without end, confuse nobody', async () => {
  const begins = [
    '504b0304',
    '1f8b08',
    '494433',
    '000000186674797069736f6d',
    '3026b2758e66cf11a6d900aa0062ce6c',
    '52494646',
  ]
  for (const start of begins) {
    for (const length of [0, 1, 30, 5_000]) {
      expect(await sniff(Buffer.concat([hex(start), new Uint8Array(length)])), `${start} ${length}`).toMatch(/^\w+\//)
    }
  }
  const packed = deflateRawSync(new Uint8Array(20_000_000))
  const entry = Buffer.alloc(30)
  entry.writeUInt32LE(0x04034b50)
  entry.writeUInt16LE(8, 8)
  entry.writeUInt32LE(packed.length, 18)
  entry.writeUInt32LE(20_000_000, 22)
  entry.writeUInt16LE(19, 26)
  const bomb = Buffer.concat([entry, Buffer.from('[Content_Types].xml'), packed])
  expect(await sniff(bomb)).toBe('application/zip')
})
