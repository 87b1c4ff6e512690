import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ANY_TYPE, Download } from '@/lib/contracts/bytes'
import type { Operation } from '@/lib/contracts/operation'
import { defineResource } from '@/lib/contracts/rows/resource'
import { LANGUAGES } from '@/lib/contracts/samples/languages'
import { describeOperationPage } from '@/lib/docs/operation-page'
import { sampleOf } from '@/lib/docs/sample-of-operation'
import { buildApi } from '@/lib/http/api/app'
import { openApiDocument } from '@/lib/http/api/openapi/document'
import { describePlayground } from '@/lib/http/api/openapi/playground-form'
import { implement, withDatabase } from '@/lib/kernel/rows/implement'
import { outcomeOf } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'
import { canRun, runPrograms } from '@/lib/testing/programs'
import { useWatchedServer } from '@/lib/testing/watched-server'

/** Bytes of some type, up to a size. */

const LIMIT = 2_000

const files = defineResource({
  name: 'files',
  title: 'Files',
  description: 'What is kept as it came.',
  actions: {},
  operations: {
    put: {
      method: 'put',
      path: '/files',
      scope: null,
      summary: 'Keep a file',
      query: z.strictObject({ name: z.string().optional() }),
      upload: { type: ANY_TYPE, limit: LIMIT, named_by: 'name' },
      reply: { status: 200, schema: z.object({ type: z.string(), size: z.int() }), description: 'What is kept.' },
    },
    get: {
      method: 'get',
      path: '/files',
      scope: null,
      summary: 'Get the file',
      etag: true,
      preconditions: ['If-None-Match'],
      reply: { status: 200, schema: null, bytes: ANY_TYPE, description: 'The file.' },
    },
  },
})

let kept = new Uint8Array()
/** What was read of the reply's pieces. */
let taken = 0
let type = 'application/octet-stream'
let writes = 0

const putFile = implement(
  files.operations.put,
  withDatabase(async (_, { body }) => {
    kept = await body.read(0, body.size)
    type = body.type
    writes++
    return { type, size: kept.byteLength }
  }),
)

async function* piecesOf(bytes: Uint8Array<ArrayBuffer>) {
  for (let at = 0; at < bytes.byteLength; at += 500) {
    taken++
    yield bytes.slice(at, at + 500)
  }
}

const getFile = implement(
  files.operations.get,
  async () => new Download({ type, size: kept.byteLength, name: 'Größe “1”.bin', etag: '"7"' }, piecesOf(kept)),
)

const app = buildApi([putFile, getFile])

useTestDatabase()
const { origin } = useWatchedServer(app)

const randomBytes = (size: number) => crypto.getRandomValues(new Uint8Array(size))

const makeCaller = async () => (await makeKey(await makeOrganization(), { scopes: [] })).key

async function call(
  key: string,
  init: { method?: string; headers?: Record<string, string>; body?: Uint8Array<ArrayBuffer> } = {},
) {
  const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/pdf', ...init.headers }
  const request = new Request('http://localhost:3000/api/v1/files', { ...init, headers })
  return app.fetch(request, { peer: { address: '127.0.0.1', https: false } })
}

const put = (key: string, body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  call(key, { method: 'PUT', body, headers })

describe('bytes', () => {
  test('come as they are sent, and are replied as they are, to be saved and never shown', async () => {
    const key = await makeCaller()
    const sent = randomBytes(LIMIT)
    const reply = await put(key, sent)
    expect(await reply.json()).toEqual({ type: 'application/pdf', size: LIMIT })
    const got = await call(key)
    expect(new Uint8Array(await got.arrayBuffer())).toEqual(sent)
    expect(Object.fromEntries(got.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(LIMIT),
      'content-disposition': `attachment; filename="Gr__e _1_.bin"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%E2%80%9C1%E2%80%9D.bin`,
      'content-security-policy': expect.stringContaining('sandbox'),
      'x-content-type-options': 'nosniff',
    })
  })

  test('are not read for HEAD, nor for whoever has them', async () => {
    const key = await makeCaller()
    await put(key, randomBytes(LIMIT))
    taken = 0
    const head = await call(key, { method: 'HEAD' })
    expect(head.headers.get('Content-Length')).toBe(String(LIMIT))
    const known = await call(key, { headers: { 'If-None-Match': '"7"' } })
    expect([known.status, known.headers.get('ETag'), await known.text()]).toEqual([304, '"7"', ''])
    expect(taken).toBe(0)
    const got = await call(key)
    await got.body?.getReader().read()
    expect(taken).toBe(1)
  })

  test('are refused where they are too many, of no type, or compressed', async () => {
    const key = await makeCaller()
    expect(await outcomeOf(await put(key, randomBytes(LIMIT + 1)))).toBe('payload_too_large')
    for (const [name, value] of [
      ['Content-Type', 'image'],
      ['Content-Type', ''],
      ['Content-Encoding', 'gzip'],
    ] as const) {
      expect(await outcomeOf(await put(key, randomBytes(5), { [name]: value }))).toBe('unsupported_media_type')
    }
  })

  test('of a retry are known by their digest: the same are kept once, others are a conflict', async () => {
    const key = await makeCaller()
    const sent = randomBytes(100)
    const headers = { 'Idempotency-Key': 'one' }
    const before = writes
    await put(key, sent, headers)
    const again = await put(key, sent, headers)
    expect(again.headers.get('X-Idempotency-Status')).toBe('cached')
    expect(writes).toBe(before + 1)
    const other = sent.map((byte, index) => (index === 99 ? byte ^ 1 : byte))
    expect(await outcomeOf(await put(key, other, headers))).toBe('idempotency_conflict')
    const retyped = await put(key, sent, { ...headers, 'Content-Type': 'application/zip' })
    expect(await outcomeOf(retyped)).toBe('idempotency_conflict')
  })

  test('cannot answer a change, whose retry could not be answered', () => {
    const change: Operation = { ...files.operations.get, method: 'post' }
    expect(() =>
      implement(
        change,
        withDatabase(async () => undefined),
      ),
    ).toThrow('a retry')
  })
})

describe('what is drawn from an operation with bytes', () => {
  test('the document names their types, and how many are taken', () => {
    const path = openApiDocument('https://keys.acme.test/api/v1', [files]).paths['/files']
    expect(path?.put).toMatchObject({
      requestBody: { required: true, description: expect.stringContaining('2,000'), content: { [ANY_TYPE]: {} } },
      responses: { 413: {}, 415: {} },
    })
    expect(path?.get).toHaveProperty(['responses', '200', 'content'], { [ANY_TYPE]: {} })
  })

  test('its page and its playground have a file in the place of the body', () => {
    const [put, get] = [files.operations.put, files.operations.get]
    const page = (name: string, operation: Operation) =>
      describeOperationPage({ resource: files, name, operation, href: '/docs' }, 'https://keys.acme.test')
    expect(page('put', put)).toMatchObject({ body: null, upload: put.upload })
    expect(page('get', get).reply).toMatchObject({ shape: null, bytes: ANY_TYPE })
    expect(describePlayground(files, put)).toMatchObject({ body: null, upload: put.upload })
  })

  test.each(LANGUAGES.filter(({ name }) => canRun(name)))('its examples in $label run', async ({ name, write }) => {
    const key = await makeCaller()
    await put(key, randomBytes(500))
    const first = kept
    const [down, up] = [files.operations.get, files.operations.put].map((each) => sampleOf(each, origin()).call)
    if (!down || !up) throw new Error('No examples.')
    const env = { LATCHKEY_API_KEY: key }
    // What the first saves the second sends.
    await runPrograms(name, [
      { code: write({ ...down, saveTo: up.upload?.file ?? '' }), env },
      { code: write(up), env },
    ])
    expect(kept).not.toBe(first)
    expect(Buffer.from(kept)).toEqual(Buffer.from(first))
    expect(type).toBe('application/octet-stream')
  })
})
