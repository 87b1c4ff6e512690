import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runtime } from '@/lib/base/node/runtime'
import { useOwnDatabase } from '@/lib/testing/database'
import { build, type Product, spawnProduct, stop } from '@/lib/testing/product'

/** What the built product answers, and prints, to whoever asks for odd things. */

useOwnDatabase()

let product: Product
let url: URL

beforeAll(async () => {
  await build()
  const { databaseUrl, authSecret } = runtime()
  product = spawnProduct({ DATABASE_URL: databaseUrl, AUTH_SECRET: authSecret, HOST: '127.0.0.1' })
  url = new URL(await product.ready())
  await product.printed(/(\n +token .*\n)/)
}, 300_000)
afterAll(() => stop(product))

/** Sent as it is: `fetch` would mend the path. */
async function send(method: string, target: string, headers: string[] = []): Promise<{ status: number; head: string }> {
  const socket = connect(Number(url.port), url.hostname)
  const lines = [`${method} ${target} HTTP/1.1`, `Host: ${url.host}`, 'Connection: close', ...headers]
  socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  const [head = ''] = (await text(socket)).split('\r\n\r\n', 1)
  return { status: Number(head.split(' ')[1]), head: head.toLowerCase() }
}

const FORGED = '/%0a{"level":50,"msg":"forged"}%0a'

test.each<[number, string, string, string[]?]>([
  [200, 'GET', '/sign-in'],
  [404, 'GET', '/nowhere'],
  [404, 'GET', '/docs/nowhere'],
  [404, 'GET', '/docs/reference/nowhere/nothing'],
  [308, 'GET', '/sign-in/'],
  [307, 'GET', '/'],
  [404, 'GET', '/_next/static/nothing.js'],
  [404, 'GET', `/_next/image?url=${FORGED}&w=64&q=75`],
  [404, 'GET', '/_next/data/build/sign-in.json'],
  [404, 'GET', '/api/nowhere'],
  [405, 'POST', '/sign-in', ['Next-Action: x', 'Content-Length: 0']],
  [405, 'TRACE', '/sign-in'],
  [302, 'GET', '/api/auth/error?error=OAuthCallback'],
  [422, 'GET', '/api/auth/error?error=%0aX'],
  [422, 'GET', '/api/auth/csrf?callbackUrl=undefined'],
  [404, 'GET', '/api/auth/verify-request'],
  [400, 'GET', '/api/auth/csrf', ['Cookie: latchkey.callback=undefined']],
  [415, 'POST', '/api/auth/signout', ['Content-Length: 0']],
])('%i to %s %s, with the policy headers', async (status, method, target, headers) => {
  const reply = await send(method, target, headers)
  expect(reply.status).toBe(status)
  expect(reply.head).toMatch(/\ncontent-security-policy: .*frame-ancestors 'none'/)
  expect(reply.head).toContain('\nx-content-type-options: nosniff')
  expect(reply.head).toContain('\nreferrer-policy: ')
})

test.each([
  '/api/dashboard/../v1/test',
  '/./api/v1/me',
  '/api/health/../auth/csrf',
  '/api/health/%2e%2e/auth/csrf',
  '//api/v1/me',
])('%s is refused whole, by a reply with an id', async (target) => {
  const { status, head } = await send('GET', target)
  expect(status).toBe(400)
  expect(head).toMatch(/\nx-request-id: [\w-]+/)
})

test.each(['/V1/me', '/API/V1/me', '/api/v%31/me', '/v1/me'])('%s is the API’s', async (target) => {
  expect((await send('GET', target)).head).toContain('www-authenticate: bearer')
})

test('all that the process prints once it is ready is JSON, a line each, and none is a stranger’s', async () => {
  for (const target of [`/docs${FORGED}`, `/sign-in?callbackUrl=${FORGED}`, `/invitations${FORGED}`]) {
    await send('GET', target)
    await send('GET', target, ['RSC: 1', 'Next-Router-State-Tree: %0a{'])
  }
  expect(await stop(product)).toBe(0)
  const [, printed = ''] = product.output().split(/\n +token .*\n/)
  const lines = printed.trim().split('\n')
  expect(lines.map((line): unknown => JSON.parse(line))).toContainEqual(
    expect.objectContaining({ printed: expect.stringContaining('SIGTERM') }),
  )
  expect(printed).not.toContain('forged')
})
