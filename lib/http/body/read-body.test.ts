import { describe, expect, test } from 'vitest'
import { readBody } from '@/lib/http/body/read-body'

const LIMIT = 1_048_576

const request = (body: BodyInit, headers: Record<string, string> = {}) =>
  new Request('http://localhost/', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body,
  })

/** A body that comes in pieces without an announced length, and counts how many were asked for. */
function chunked(chunks: number, size: number) {
  const state = { pulled: 0, cancelled: false }
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        state.pulled++
        if (state.pulled > chunks) controller.close()
        else controller.enqueue(new Uint8Array(size).fill(0x20))
      },
      cancel() {
        state.cancelled = true
      },
    },
    { highWaterMark: 0 },
  )
  const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: stream, duplex: 'half' }
  return { request: new Request('http://localhost/', init), state }
}

const refused = (code: string) => expect.objectContaining({ code })

test('a body that breaks off is the caller’s fault, and no error of ours', async () => {
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.error(new Error('aborted ECONNRESET')),
  })
  const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body, duplex: 'half' }
  await expect(readBody(new Request('http://localhost/', init))).rejects.toThrow(refused('invalid_request'))
})

describe('a body over the limit', () => {
  test('is refused by its announced length before a byte of it is read', async () => {
    const sent = request('{}', { 'Content-Length': String(LIMIT + 1) })
    await expect(readBody(sent)).rejects.toThrow(refused('payload_too_large'))
    expect(sent.bodyUsed).toBe(false)
  })

  test('without a length is refused as soon as it is known to be too long, and the rest is never asked for', async () => {
    const { request, state } = chunked(1_000, 100_000)
    await expect(readBody(request)).rejects.toThrow(refused('payload_too_large'))
    expect(state.pulled).toBeLessThanOrEqual(12)
    expect(state.cancelled).toBe(true)
  })

  test('is measured in bytes, and by the limit of the operation', async () => {
    const body = JSON.stringify('é'.repeat(10))
    const length = { 'Content-Length': String(Buffer.byteLength(body)) }
    await expect(readBody(request(body, length), 22)).resolves.toBe('é'.repeat(10))
    await expect(readBody(request(body, length), 21)).rejects.toThrow(refused('payload_too_large'))
    await expect(readBody(request(body), 21)).rejects.toThrow(refused('payload_too_large'))
  })

  test('is refused at one byte more than a megabyte and read at a megabyte', async () => {
    const exact = JSON.stringify('x'.repeat(LIMIT - 2))
    await expect(readBody(request(exact))).resolves.toHaveLength(LIMIT - 2)
    await expect(readBody(request(`${exact} `))).rejects.toThrow(refused('payload_too_large'))
  })
})

describe('the content type', () => {
  test.each([
    'application/json',
    'APPLICATION/JSON',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'application/merge-patch+json',
    'application/json; profile=x',
  ])('may be %s', async (type) => {
    await expect(readBody(request('{"a":1}', { 'Content-Type': type }))).resolves.toEqual({ a: 1 })
  })

  test.each([
    'text/plain',
    'text/plain; charset=utf-8',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'text/json',
    'application/jsonp',
    'application/xml',
    'application/json, text/plain',
    'application/json; charset=latin1',
    'application/json; charset=utf-16',
    'json',
    '',
  ])('may not be %j', async (type) => {
    await expect(readBody(request('{"a":1}', { 'Content-Type': type }))).rejects.toThrow(
      refused('unsupported_media_type'),
    )
  })

  test('may not be missing', async () => {
    const bare = request('{}')
    bare.headers.delete('Content-Type')
    await expect(readBody(bare)).rejects.toThrow(refused('unsupported_media_type'))
  })

  test.each(['gzip', 'deflate', 'br', 'zstd', 'gzip, identity', 'x'])('is not %s-compressed', async (encoding) => {
    await expect(readBody(request('{}', { 'Content-Encoding': encoding }))).rejects.toThrow(
      refused('unsupported_media_type'),
    )
  })
})

describe('the bytes', () => {
  test('must be there', async () => {
    await expect(readBody(request(''))).rejects.toThrow(refused('malformed_json'))
    await expect(readBody(request('', { 'Content-Length': '0' }))).rejects.toThrow(refused('malformed_json'))
    const none = new Request('http://localhost/', { method: 'POST', headers: { 'Content-Type': 'application/json' } })
    await expect(readBody(none)).rejects.toThrow(refused('malformed_json'))
  })

  test.each([
    ['a lone continuation byte', [0x22, 0x80, 0x22]],
    ['an overlong NUL', [0x22, 0xc0, 0x80, 0x22]],
    ['an encoded surrogate', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['a cut character', [0x22, 0xe2, 0x82, 0x22]],
    ['UTF-16', [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]],
    ['two byte order marks', [0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf, 0x7b, 0x7d]],
    ['binary', [0x00, 0x01, 0x02]],
  ])('are not %s', async (_, bytes) => {
    await expect(readBody(request(new Uint8Array(bytes)))).rejects.toThrow(refused('malformed_json'))
  })

  test('may begin with one byte order mark, which means nothing', async () => {
    await expect(readBody(request(new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d])))).resolves.toEqual({})
  })

  test('may come in pieces that cut a character', async () => {
    const bytes = new TextEncoder().encode('{"name":"漢字"}')
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(new Uint8Array([byte]))
        controller.close()
      },
    })
    const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: stream, duplex: 'half' }
    await expect(readBody(new Request('http://localhost/', init))).resolves.toEqual({ name: '漢字' })
  })
})
