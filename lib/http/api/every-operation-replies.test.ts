import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { isOptionalBody } from '@/lib/contracts/operation'
import { callApi, outcomeOf, readProblem } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { useMailSettings } from '@/lib/testing/environment'
import { makeKey, makeMember, makeOrganization } from '@/lib/testing/fixtures'
import {
  methodOf,
  missingRateHeaders,
  OPERATIONS,
  pathOfNothing,
  pathOfRow,
  rowsOf,
  sampleBody,
  sampleCall,
} from '@/lib/testing/operations'

useTestDatabase()
useMailSettings()

/** Members that the database or the caller's key decides, whatever the resource. */
const NEVER_SENT = ['id', 'organization_id', 'environment', 'created_at', 'updated_at', 'created_by', 'hash', 'search']

describe.each(OPERATIONS)('$title', ({ operation }) => {
  const method = methodOf(operation)
  let path = ''
  let sample: Record<string, unknown> = {}
  let key = ''
  let narrow = ''
  beforeAll(async () => {
    const organization = await makeOrganization()
    await makeMember(organization)
    key = (await makeKey(organization, { scopes: ['admin'] })).key
    narrow = (await makeKey(organization, { scopes: operation.scope === null ? [] : [operation.scope] })).key
    path = await pathOfRow(operation, key)
    sample = { ...Object(await sampleBody(operation, rowsOf(key))) }
  })
  const send = (body: Record<string, unknown>) => callApi(path, { method, body, key })

  test('refuses a query parameter that it does not know', async () => {
    const response = await callApi(`${path}?no_such_parameter=1`, { ...(await sampleCall(operation)), key })
    expect(await readProblem(response)).toMatchObject({
      code: 'validation_failed',
      errors: [{ path: 'no_such_parameter' }],
    })
  })

  test.runIf(operation.body)(
    'refuses a body field that it does not know, and every one that is not the caller’s',
    async () => {
      for (const field of ['no_such_field', ...NEVER_SENT].filter((name) => !(name in sample))) {
        const problem = await readProblem(await send({ ...sample, [field]: 'x' }))
        expect(problem.code, field).toBe('validation_failed')
        expect(
          problem.errors?.map((error) => error.path),
          field,
        ).toContain(field)
      }
    },
  )

  test.runIf(operation.body)('refuses operators in the place of values', async () => {
    for (const [field, value] of Object.entries(sample).filter(([, value]) => typeof value !== 'object')) {
      expect(await outcomeOf(await send({ ...sample, [field]: { set: value } })), field).toBe('validation_failed')
    }
  })

  test.runIf(operation.body)('refuses a body that is not one JSON object of its size', async () => {
    const limit = operation.body_limit ?? 1_048_576
    const sendRaw = async (raw: string, headers?: Record<string, string>) =>
      outcomeOf(await callApi(path, { method, raw, key, ...(headers && { headers }) }))
    for (const raw of ['{"a":', '{"a":1,"a":2}', '{"__proto__":{}}', '{"a":1e400}']) {
      expect(await sendRaw(raw), raw).toBe('malformed_json')
    }
    if (!isOptionalBody(operation)) expect(await sendRaw('')).toBe('malformed_json')
    for (const raw of ['null', '1', '"x"', 'true', '[]']) expect(await sendRaw(raw), raw).toBe('validation_failed')
    expect(await sendRaw('{}', { 'Content-Type': 'text/plain' })).toBe('unsupported_media_type')
    expect(await sendRaw('{}', { 'Content-Encoding': 'gzip' })).toBe('unsupported_media_type')
    expect(await sendRaw(`{"a":"${'x'.repeat(limit)}"}`)).toBe('payload_too_large')
  })

  test.runIf(operation.method === 'get')('answers HEAD as GET, without the body', async () => {
    for (const asked of [path, `${path}?no_such_parameter=1`]) {
      const [get, head] = [await callApi(asked, { key }), await callApi(asked, { method: 'HEAD', key })]
      expect(head.status).toBe(get.status)
      expect(head.headers.get('Content-Type')).toBe(get.headers.get('Content-Type'))
      expect(head.headers.get('Content-Length')).toBe(String(Buffer.byteLength(await get.text())))
      expect(missingRateHeaders(head)).toEqual([])
      expect(await head.text()).toBe('')
    }
  })

  test('answers as its contract says, with its own scope alone', async () => {
    const call = { ...(await sampleCall(operation)), ...(operation.body && { body: sample }) }
    const response = await callApi(path, {
      ...call,
      key: narrow,
      headers: { ...call.headers, 'X-Request-Id': 'req-1' },
    })
    expect(response.headers.get('X-Request-Id')).toBe('req-1')
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(missingRateHeaders(response)).toEqual([])
    // Some verbs need more than an example to succeed; then the refusal is one that the contract names.
    if (response.status >= 400) return expect(operation.errors ?? []).toContain(await outcomeOf(response))
    expect(response.status).toBe(operation.reply.status)
    expect(response.headers.has('ETag')).toBe(operation.etag ?? false)
    const { schema, bytes } = operation.reply
    if (bytes)
      return expect((await response.arrayBuffer()).byteLength).toBe(Number(response.headers.get('Content-Length')))
    if (!schema) return expect(await response.text()).toBe('')
    expect(response.headers.get('Content-Type')).toBe('application/json')
    const sent: unknown = await response.json()
    // Decoded and encoded again it is the same: no member is missing, of another type, or there without being named.
    expect(z.encode(schema, schema.parse(sent))).toEqual(sent)
  })
})

const PATHS = [...new Set(OPERATIONS.map(({ operation }) => operation.path))]

describe.each(PATHS)('%s', (path) => {
  const operations = OPERATIONS.filter(({ operation }) => operation.path === path).map(({ operation }) => operation)
  const methods = operations.flatMap((one) => (one.method === 'get' ? ['GET', 'HEAD'] : [methodOf(one)]))
  const allowed = [...methods, 'OPTIONS'].sort()
  const target = operations[0] ? pathOfNothing(operations[0]) : path
  const allowOf = ({ headers }: Response) => headers.get('Allow')?.split(', ').sort()
  let key = ''
  beforeAll(async () => {
    key = (await makeKey(await makeOrganization())).key
  })

  test('answers OPTIONS with its methods, below /v1 too', async () => {
    for (const base of ['/api/v1', '/v1']) {
      const response = await callApi(`${base}${target}`, { method: 'OPTIONS', key })
      expect(response.status).toBe(204)
      expect(allowOf(response)).toEqual(allowed)
      expect(missingRateHeaders(response)).toEqual([])
    }
  })

  test('answers any other method with 405 and its methods', async () => {
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((one) => !allowed.includes(one))) {
      const response = await callApi(target, { method, key })
      expect(response.status, method).toBe(405)
      expect(allowOf(response), method).toEqual(allowed)
      expect(missingRateHeaders(response)).toEqual([])
      if (method !== 'HEAD') expect(await outcomeOf(response)).toBe('method_not_allowed')
    }
  })

  test('gives its methods to nobody without a key', async () => {
    for (const method of ['OPTIONS', 'PUT', 'HEAD', 'TRY']) {
      expect((await callApi(target, { method })).status).toBe(401)
    }
  })

  test('has nothing below it that is not named', async () => {
    const response = await callApi(`${target}/no/such/path`, { key })
    expect(await outcomeOf(response)).toBe('not_found')
    expect(missingRateHeaders(response)).toEqual([])
  })
})
