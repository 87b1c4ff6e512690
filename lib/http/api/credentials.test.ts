import { afterEach, describe, expect, test } from 'vitest'
import { runtime, setRuntime } from '@/lib/base/node/runtime'
import { generateKey as makeKeyText } from '@/lib/keys/format'
import { callApi, outcomeOf, readProblem } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'
import { missingRateHeaders } from '@/lib/testing/operations'

useTestDatabase()

const someKey = async () => (await makeKey(await makeOrganization())).key
const sending = async (headers: Record<string, string>) => outcomeOf(await callApi('/me', { headers }))

describe('the key', () => {
  test.each(['Bearer ', 'bearer ', 'BEARER ', 'bEaReR    '])('is taken from Authorization: %j', async (scheme) => {
    expect(await sending({ Authorization: `${scheme}${await someKey()}` })).toBe(200)
  })

  test('is taken from X-API-Key', async () => {
    expect(await sending({ 'X-API-Key': await someKey() })).toBe(200)
  })

  test('may come in both headers where it is one', async () => {
    const key = await someKey()
    expect(await sending({ Authorization: `Bearer ${key}`, 'X-API-Key': key })).toBe(200)
  })

  test('is not chosen out of two', async () => {
    const [one, other] = [await someKey(), await someKey()]
    const response = await callApi('/me', { headers: { Authorization: `Bearer ${one}`, 'X-API-Key': other } })
    expect(await readProblem(response)).toMatchObject({ status: 400, code: 'invalid_request' })
    expect(response.headers.get('WWW-Authenticate')).toContain('error="invalid_request"')
    expect(await sending({ Authorization: `Bearer ${one}`, 'X-API-Key': '' })).toBe('invalid_request')
    expect(await sending({ Authorization: 'Bearer', 'X-API-Key': one })).toBe('invalid_request')
  })

  test('of another scheme is none, and the other header counts', async () => {
    const key = await someKey()
    for (const scheme of ['Basic', 'Token', 'Bearerx', 'ApiKey']) {
      expect(await sending({ Authorization: `${scheme} ${key}` }), scheme).toBe('missing_key')
    }
    expect(await sending({ Authorization: 'Basic YTpi', 'X-API-Key': key })).toBe(200)
    expect(await sending({ Authorization: key })).toBe('missing_key')
    expect(await sending({ Authorization: '' })).toBe('missing_key')
  })

  test.each(['Bearer', 'Bearer x', 'Bearer null', `Bearer lk_live_${'A'.repeat(36)}`])(
    '%j is malformed',
    async (value) => {
      expect(await sending({ Authorization: value })).toBe('malformed_key')
    },
  )

  test('is malformed when it stands there twice, in quotes, or with more behind it', async () => {
    const key = await someKey()
    for (const value of [`Bearer ${key}, Bearer ${key}`, `Bearer "${key}"`, `Bearer ${key} ${key}`, `Bearer ${key};`]) {
      expect(await sending({ Authorization: value }), value).toBe('malformed_key')
    }
  })

  test('in the query, a cookie or the body is no key', async () => {
    const key = await someKey()
    const query = ['access_token', 'api_key', 'key', 'token'].map((name) => `${name}=${key}`).join('&')
    const headers = { Cookie: `api_key=${key}; latchkey.session=${key}` }
    expect(await outcomeOf(await callApi(`/me?${query}`, { headers }))).toBe('missing_key')
    expect(await outcomeOf(await callApi('/test', { method: 'POST', body: { api_key: key } }))).toBe('missing_key')
  })

  test('that never was is told apart from none of another organisation by nothing but its prefix', async () => {
    const bodies = await Promise.all(
      [makeKeyText('live'), makeKeyText('test')].map(async (key) => {
        const problem = await readProblem(await callApi('/me', { key, headers: { 'X-Request-Id': 'same' } }))
        expect(problem.key_prefix).toBe(key.slice(0, 14))
        return { ...problem, key_prefix: null }
      }),
    )
    expect(bodies[0]).toEqual(bodies[1])
  })
})

describe('a path or a method that does not exist', () => {
  test('is 401 without a key, whatever it is', async () => {
    for (const path of ['/', '/nothing', '/leads/x/y', '/%', '/../me', '/ME', '/me/', '//me']) {
      expect(await outcomeOf(await callApi(path)), path).toBe('missing_key')
    }
  })

  test('is 404 in JSON with one', async () => {
    const key = await someKey()
    for (const path of ['/', '/nothing', '/leads/x/y', '/%', '/%FF', '/ME', '/me/', '/constructor', '/__proto__']) {
      const response = await callApi(path, { key })
      expect(await outcomeOf(response), path).toBe('not_found')
      expect(missingRateHeaders(response)).toEqual([])
    }
  })

  test('below /v1 is the one below /api/v1', async () => {
    const key = await someKey()
    const bodies = await Promise.all(
      ['/api/v1/me', '/v1/me'].map(async (path) => (await callApi(path, { key })).json()),
    )
    expect({ ...bodies[0], last_used_at: null }).toEqual({ ...bodies[1], last_used_at: null })
    expect(await outcomeOf(await callApi('/v1/nothing', { key }))).toBe('not_found')
    expect(await outcomeOf(await callApi('/v1/me'))).toBe('missing_key')
  })

  test('is 501 where nobody knows the method', async () => {
    const key = await someKey()
    for (const method of ['BREW', 'get', 'Options', 'PROPFIND', 'LINK']) {
      const response = await callApi('/me', { method, key })
      // `fetch` itself writes the common methods in capitals.
      if (response.status < 400) expect(['get', 'Options']).toContain(method)
      else expect(await readProblem(response), method).toMatchObject({ status: 501, code: 'method_not_implemented' })
    }
  })
})

describe('the request id', () => {
  test('is the caller’s, in every kind of reply', async () => {
    const key = await someKey()
    const headers = { 'X-Request-Id': 'Caller_1.a-b' }
    for (const call of [{}, { key }, { key, method: 'PUT' }, { key: `${key}x` }]) {
      expect((await callApi('/me', { ...call, headers })).headers.get('X-Request-Id')).toBe('Caller_1.a-b')
    }
  })

  test('is a new one each time where the caller sent none, or one that could hurt', async () => {
    const ids = new Set<string | null>()
    for (const sent of [undefined, '', 'a b', 'x'.repeat(129), '<script>', 'a,b']) {
      const response = await callApi('/me', sent === undefined ? {} : { headers: { 'X-Request-Id': sent } })
      ids.add(response.headers.get('X-Request-Id'))
    }
    expect(ids.size).toBe(6)
    for (const id of ids) expect(id).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe('HTTPS', () => {
  const plain = () => ({ ...runtime(), requireHttps: false })
  afterEach(() => setRuntime(plain()))

  test('is required where it is required, before the key is looked at', async () => {
    const key = await someKey()
    setRuntime({ ...plain(), requireHttps: true })
    expect(await readProblem(await callApi('/me', { key }))).toMatchObject({ status: 403, code: 'https_required' })
    expect(await outcomeOf(await callApi('/me', { key, headers: { 'X-Forwarded-Proto': 'https' } }))).toBe(
      'https_required',
    )
    expect(await outcomeOf(await callApi('/me', { key, peer: { https: true } }))).toBe(200)
  })

  test('says that a key has crossed the network in the clear where one has', async () => {
    const key = await someKey()
    setRuntime({ ...plain(), requireHttps: true })
    const told = async (headers: Record<string, string>) =>
      (await readProblem(await callApi('/me', { headers }))).detail
    const withKey: Record<string, string>[] = [{ Authorization: `Bearer ${key}` }, { 'X-API-Key': makeKeyText('live') }]
    for (const headers of withKey) {
      expect(await told(headers)).toContain('This key has now crossed the network in the clear: rotate it.')
    }
    const without: Record<string, string>[] = [{}, { Authorization: 'Basic YTpi' }, { Authorization: 'Bearer ' }]
    for (const headers of without) {
      expect(await told(headers)).toBe('Call the API over HTTPS.')
    }
  })
})
