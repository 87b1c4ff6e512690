import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { env } from '@/lib/base/node/env'
import { accessLog } from '@/lib/base/node/log'
import { showMetrics } from '@/lib/server/listener/metrics'
import { useTestDatabase } from '@/lib/testing/database'
import { useEnvironment } from '@/lib/testing/environment'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'
import { useWatchedServer } from '@/lib/testing/watched-server'

useTestDatabase()
const { origin } = useWatchedServer()
useEnvironment(() => ({ METRICS_TOKEN: undefined, ACCESS_LOG: false }))

const TOKEN = 'a-token-of-the-tests-of-metrics'

beforeEach(() => {
  Object.assign(env, { METRICS_TOKEN: undefined, ACCESS_LOG: false })
})

const ask = (headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${origin()}/api/metrics`, { method, headers })

const callMe = (key: string, path = '/api/v1/me') =>
  fetch(`${origin()}${path}`, { headers: { Authorization: `Bearer ${key}` } })

/** The value of a sample; null where there is none. */
function sampleOf(text: string, sample: string): number | null {
  const line = text.split('\n').find((one) => one.startsWith(`${sample} `))
  return line === undefined ? null : Number(line.slice(sample.length + 1))
}

const ME = 'latchkey_request_duration_seconds_count{app="api",operation="GET /me",outcome="succeeded"}'

describe('metrics', () => {
  test('count each call by its operation and its outcome, and tell of what is behind it', async () => {
    const { key } = await makeKey(await makeOrganization())
    const before = sampleOf(await (await ask()).text(), ME) ?? 0
    for (let calls = 0; calls < 3; calls++) expect((await callMe(key)).status).toBe(200)
    expect((await callMe(key, '/api/v1/nothing-of-the-kind')).status).toBe(404)
    const reply = await ask()
    expect(reply.headers.get('Content-Type')).toContain('text/plain; version=0.0.4')
    const text = await reply.text()
    expect(sampleOf(text, ME)).toBe(before + 3)
    expect(text).toContain('operation="none",outcome="refused"')
    expect(text).not.toContain('nothing-of-the-kind')
    expect(sampleOf(text, 'latchkey_decisions_per_statement_count')).toBeGreaterThan(0)
    for (const sample of [
      'latchkey_database_connections{pool="calls",state="total"}',
      'latchkey_database_connections{pool="decisions",state="waiting"}',
      'latchkey_buffered_usage',
      'latchkey_buffered_last_uses',
      'latchkey_jobs{state="waiting"}',
      'latchkey_jobs{state="failed"}',
    ]) {
      expect({ sample, value: sampleOf(text, sample) }).toEqual({ sample, value: expect.any(Number) })
    }
    expect(text).not.toContain(key)
  })

  test('are for whoever shows the token, where there is one, from wherever it comes', async () => {
    Object.assign(env, { METRICS_TOKEN: TOKEN })
    expect((await ask({ Authorization: `Bearer ${TOKEN}`, 'X-Forwarded-For': '203.0.113.7' })).status).toBe(200)
    const refused = await ask()
    expect(refused.status).toBe(401)
    expect(refused.headers.get('WWW-Authenticate')).toContain('Bearer')
    for (const authorization of [`Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, TOKEN, 'Bearer ', `Basic ${TOKEN}`]) {
      expect((await ask({ Authorization: authorization })).status).toBe(401)
    }
  })

  test('are, without a token, for nobody for whom a proxy on this machine asks', async () => {
    expect((await ask()).status).toBe(200)
    for (const name of ['X-Forwarded-For', 'X-Real-IP', 'Forwarded', 'Via']) {
      expect((await ask({ [name]: '127.0.0.1' })).status).toBe(404)
    }
  })

  test.each(['203.0.113.7', '::ffff:10.0.0.1', '2001:db8::1', undefined])(
    'are, without a token, for no connection from %s, whatever it says',
    async (remoteAddress) => {
      const socket = Object.defineProperty(new Socket(), 'remoteAddress', { value: remoteAddress })
      const response = new ServerResponse(new IncomingMessage(socket))
      await showMetrics(Object.assign(new IncomingMessage(socket), { method: 'GET' }), response)
      expect(response.statusCode).toBe(404)
    },
  )

  test('are only read', async () => {
    const refused = await ask({}, 'POST')
    expect([refused.status, refused.headers.get('Allow')]).toEqual([405, 'GET, HEAD'])
    expect(await (await ask({}, 'HEAD')).text()).toBe('')
  })
})

describe('the access log', () => {
  function watchLines() {
    const lines: unknown[] = []
    const spy = vi.spyOn(accessLog, 'info').mockImplementation((fields: unknown) => void lines.push(fields))
    return { lines, end: () => spy.mockRestore() }
  }

  test('says of each call what it was, by whom and what became of it, and nothing that its caller wrote', async () => {
    const organization = await makeOrganization()
    const { key, key_prefix } = await makeKey(organization)
    const { lines, end } = watchLines()
    await callMe(key)
    expect(lines).toEqual([])
    Object.assign(env, { ACCESS_LOG: true })
    const reply = await callMe(key, '/api/v1/me?access_token=secret-of-a-query')
    await callMe(key, `/api/v1/${key}`)
    await fetch(`${origin()}/invitations/secret-of-a-path?and=a-query`, { redirect: 'manual' })
    await expect.poll(() => lines.length).toBe(3)
    end()
    expect(lines[0]).toEqual({
      method: 'GET',
      app: 'api',
      operation: 'GET /me',
      status: 200,
      ms: expect.any(Number),
      request_id: reply.headers.get('X-Request-Id'),
      organization_id: organization.id,
      key_prefix,
      address: '127.0.0.1',
    })
    expect(lines[1]).toMatchObject({ app: 'api', operation: null, status: 404, key_prefix })
    expect(lines[2]).toMatchObject({ app: 'pages', operation: 'page' })
    const written = JSON.stringify(lines)
    for (const secret of ['secret-of', 'a-query', key]) expect(written).not.toContain(secret)
  })

  test.each([
    ['POST', '/f/secret-of-a-form', 'forms', 'POST /f/{public_id}'],
    ['POST', '/u/secret-of-a-mail', 'unsubscribing', 'POST /u/{token}'],
    ['POST', '/api/leaked-keys', 'leaks', 'POST /api/leaked-keys'],
    ['GET', '/api/notices/off?token=secret-of-a-notice', 'notices', 'GET /api/notices/off'],
  ])('says what %s %s was, which anybody may ask', async (method, path, app, operation) => {
    const { lines, end } = watchLines()
    Object.assign(env, { ACCESS_LOG: true })
    const reply = await fetch(`${origin()}${path}`, { method, redirect: 'manual' })
    await expect.poll(() => lines.length).toBe(1)
    end()
    expect(lines[0]).toMatchObject({ app, operation, request_id: reply.headers.get('X-Request-Id') })
    expect(reply.headers.get('X-Request-Id')).toMatch(/^[\w-]{36}$/)
    expect(JSON.stringify(lines)).not.toContain('secret-of')
  })
})
