import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { setRuntime } from '@/lib/base/node/runtime'
import { type Peer, readPeer } from '@/lib/http/peer'
import { dispatch } from '@/lib/server/listener/dispatch'
import { type HttpServer, listen, portOf } from '@/lib/server/listener/http-server'

let server: HttpServer
let origin: string
const seen: { by: string; url: string; peer: Peer | null; headers: IncomingMessage['headers'] }[] = []

const application = (by: string) => ({
  fetch: ({ url }: Request, { peer }: { peer: Peer }) => {
    seen.push({ by, url, peer, headers: {} })
    return new Response(by)
  },
})

beforeAll(async () => {
  const listener = dispatch({
    apis: {
      api: application('api'),
      dashboard: application('dashboard'),
      leaks: application('leaks'),
      notices: application('notice mails'),
      unsubscribing: application('unsubscribing'),
      forms: application('forms'),
    },
    pages: async ({ headers, url = '' }, response) => {
      seen.push({
        by: 'pages',
        url,
        peer: readPeer(new Headers({ 'x-latchkey-peer': `${headers['x-latchkey-peer']}` })),
        headers,
      })
      response.end('pages')
    },
  })
  server = await listen(listener, '127.0.0.1', 0)
  origin = `http://127.0.0.1:${portOf(server)}`
})
afterAll(() => server.drain({ leaveWithinMs: 0 }))
beforeEach(() => {
  seen.length = 0
  setRuntime({ databaseUrl: '', authSecret: '', appUrl: origin, requireHttps: false })
})

const get = (path: string, init: RequestInit = {}) => fetch(origin + path, { redirect: 'manual', ...init })

async function send(bytes: string): Promise<string> {
  const socket = connect(portOf(server), '127.0.0.1')
  socket.write(bytes)
  return text(socket)
}

test.each([
  ['/api/v1', 'api'],
  ['/api/v1/leads?limit=1', 'api'],
  ['/api/v1?x', 'api'],
  ['/v1/me', 'api'],
  ['/V1/me', 'api'],
  ['/api/v%31/me', 'api'],
  ['/api/dashboard/session', 'dashboard'],
  ['/api/leaked-keys', 'leaks'],
  ['/api/notices/off?token=x', 'notice mails'],
  ['/u/token', 'unsubscribing'],
  ['/u', 'pages'],
  ['/f/Kq3vXw0pT1uYbZ8sR5nM2g', 'forms'],
  ['/f', 'pages'],
  ['/v1x', 'pages'],
  ['/api/auth/csrf', 'pages'],
  ['/', 'pages'],
])('%s goes to %s', async (path, to) => {
  expect(await (await get(path)).text()).toBe(to)
})

test('a target in absolute form is read as its path', async () => {
  const reply = await send('GET http://a/api/v1/me HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
  expect(reply).toMatch(/^HTTP\/1\.1 200[\s\S]*api/)
})

describe('of any spelling, over plain HTTP where HTTPS is required,', () => {
  beforeEach(() => {
    setRuntime({ databaseUrl: '', authSecret: '', appUrl: 'https://keys.example.com', requireHttps: true })
  })

  test.each([
    '/./api/v1/me',
    '/api/dashboard/../v1/test',
    '/api/health/../auth/callback/credentials',
    '/api/health/%2e%2e/auth/callback/credentials',
    '/api/health/.%2E/auth/callback/credentials',
    '/api/health%2f..%2fauth/callback/credentials',
    '/api/health/..\\auth/callback/credentials',
    '/api/health/..%5cauth/callback/credentials',
    '//api/v1/me',
    '/api//v1/me',
    'http://elsewhere/api/v1/me',
  ])('%s reaches nobody, and is refused by a whole problem reply', async (spelling) => {
    const reply = await send(`POST ${spelling} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)
    expect(reply).toMatch(/^HTTP\/1\.1 400[\s\S]*x-request-id: [\s\S]*"code":"invalid_request"/i)
    expect(seen).toEqual([])
  })

  test('whatever reaches the pages is a check of health for every reader', async () => {
    const pieces = [
      'api',
      'health',
      'ready',
      'v1',
      'auth',
      '..',
      '.',
      '%2e',
      '%2E.',
      '%2f',
      '%61pi',
      'HEALTH',
      '',
      ';',
      '\\',
    ]
    const spelling = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(spelling, async (words) => {
        seen.length = 0
        await send(`GET /${words.join('/')} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)
        for (const { by, url } of seen) {
          const path = decodeURIComponent(new URL(url, 'http://a').pathname)
          expect(path).toMatch(by === 'pages' ? /^\/api\/health(\/|$)/ : /^\/(api\/)?v1(\/|$)/i)
        }
      }),
      { numRuns: 300 },
    )
  })
})

test('a target that is no path is refused', async () => {
  const reply = await send('OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
  expect(reply).toMatch(/^HTTP\/1\.1 400[\s\S]*invalid_request/)
})

test.each(['/api/v1/me', '/api/health'])('HTTP/1.0, which has no Host, is served: %s', async (path) => {
  expect(await send(`GET ${path} HTTP/1.0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 200/)
})

test.each([
  ['no host', 'GET /api/v1/me HTTP/1.1\r\n'],
  ['two hosts', 'GET /api/v1/me HTTP/1.1\r\nHost: a\r\nhost: b\r\n'],
  ['an empty host', 'GET /sign-in HTTP/1.1\r\nHost:\r\n'],
  ['a host that is none', 'GET /api/v1/me HTTP/1.1\r\nHost: a b<>\r\n'],
  ['a host with a path', 'GET /api/v1/me HTTP/1.1\r\nHost: evil.example/x?\r\n'],
  ['a port that is none', 'GET /api/v1/me HTTP/1.1\r\nHost: a:99999\r\n'],
  ['an expectation', 'GET /api/v1/me HTTP/1.1\r\nHost: a\r\nExpect: a miracle\r\n'],
])('%s is refused by a whole problem reply', async (_, head) => {
  const reply = await send(`${head}Connection: close\r\n\r\n`)
  expect(reply).toMatch(/^HTTP\/1\.1 400[\s\S]*x-request-id: [\s\S]*"code":"invalid_request"/i)
  expect(seen).toEqual([])
})

describe('the caller', () => {
  const forged = {
    'X-Forwarded-For': '203.0.113.1',
    'X-Forwarded-Proto': 'https',
    'X-Forwarded-Host': 'evil.example',
    Forwarded: 'for=203.0.113.1',
    'X-Latchkey-Peer': 'guess 203.0.113.1 https',
  }

  test('is the socket’s own for the API, whatever the headers say', async () => {
    await get('/api/v1/me', { headers: forged })
    expect(seen[0]?.peer).toEqual({ address: '127.0.0.1', https: false })
  })

  test('is handed to Next in place of every forged header', async () => {
    await get('/sign-in', { headers: forged })
    expect(seen[0]?.peer).toEqual({ address: '127.0.0.1', https: false })
    expect(seen[0]?.headers).toMatchObject({ 'x-forwarded-proto': 'http' })
    expect(JSON.stringify(seen[0]?.headers)).not.toMatch(/evil|203\.0\.113/)
  })
})

describe('where HTTPS is required', () => {
  beforeEach(() => {
    setRuntime({ databaseUrl: '', authSecret: '', appUrl: 'https://keys.example.com', requireHttps: true })
  })

  test('a page leads to HTTPS', async () => {
    const reply = await get('/orgs/acme?tab=1')
    expect(reply.status).toBe(308)
    expect(reply.headers.get('Location')).toBe('https://keys.example.com/orgs/acme?tab=1')
  })

  test('a path that looks like a host leads nowhere', async () => {
    expect((await get('//evil.example/')).status).toBe(400)
  })

  test('what may have brought something is refused', async () => {
    expect((await get('/api/auth/callback/credentials', { method: 'POST' })).status).toBe(403)
  })

  test('the APIs answer for themselves, and health is told to anyone', async () => {
    expect(await (await get('/api/v1/me')).text()).toBe('api')
    expect(await (await get('/api/health/ready')).text()).toBe('pages')
  })
})

test('the other name of this machine leads to the one that sessions are good for', async () => {
  const reply = await send('GET /sign-in?a=1 HTTP/1.1\r\nHost: localhost:1\r\nConnection: close\r\n\r\n')
  expect(reply).toMatch(/^HTTP\/1\.1 307/)
  expect(reply).toContain(`Location: ${origin}/sign-in?a=1\r\n`)
})

describe('around the pages', () => {
  const CLOSED = /^default-src 'none'.*frame-ancestors 'none'$/

  test.each([
    ['GET', '/_next/image?url=/%0a{"level":50,"msg":"forged"}&w=64&q=75', 404],
    ['GET', '/_next/data/build/sign-in.json', 404],
    ['GET', '/api/health/x', 404],
    ['GET', '/api/v10', 404],
    ['GET', '/api/dashboards', 404],
    ['POST', '/sign-in', 405],
    ['PUT', '/orgs/acme', 405],
    ['OPTIONS', '/docs', 405],
    ['TRACE', '/sign-in', 405],
    ['DELETE', '/api/auth/csrf', 405],
    ['POST', '/api/health', 405],
  ])('%s %s, which no page asks for, is refused before Next sees it', async (method, path, status) => {
    const reply = await send(`${method} ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)
    expect(reply).toMatch(new RegExp(`^HTTP/1\\.1 ${status}[\\s\\S]*application/problem\\+json`))
    expect(/\r\nallow: GET, (HEAD|POST)\r\n/i.test(reply)).toBe(status === 405)
    expect(seen).toEqual([])
  })

  test('every reply has the policy, refusals and redirects, too', async () => {
    setRuntime({ databaseUrl: '', authSecret: '', appUrl: 'https://keys.example.com', requireHttps: true })
    for (const [path, status] of [
      ['/sign-in', 308],
      ['/api/health', 200],
    ] as const) {
      const { status: found, headers } = await get(path)
      expect([found, headers.get('Content-Security-Policy')]).toEqual([status, expect.stringMatching(CLOSED)])
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
      expect(headers.get('Referrer-Policy')).toBe('strict-origin-when-cross-origin')
    }
  })
})
