import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openClient } from '@/lib/kernel/db/session'
import { createTestDatabase } from '@/lib/testing/database'
import { build, cli, type Product, spawnProduct, stop } from '@/lib/testing/product'

/** Idempotency over real processes, one of which is killed. */

let database: Awaited<ReturnType<typeof createTestDatabase>>
let client: pg.Client
let key: string
const products: Product[] = []

const settings = () => ({
  DATABASE_URL: database.url,
  AUTH_SECRET: 'a-secret-of-the-tests-that-is-long-enough',
  HOST: '127.0.0.1',
})

beforeAll(async () => {
  await build()
  database = await createTestDatabase()
  client = await openClient({ connectionString: database.url })
  await cli(settings(), 'orgs', 'create', '--slug', 'beta', '--name', 'Beta', '--plan', 'pro', '--developer-api', 'on')
  await cli(settings(), 'orgs', 'set', '--org', 'beta', '--rate-limit', '1000000')
  const words = ['--org', 'beta', '--name', 'x', '--env', 'live', '--scopes', 'leads:create,leads:read']
  key = (await cli(settings(), 'keys', 'create', ...words)).key
}, 300_000)

afterAll(async () => {
  await Promise.all(products.map(stop))
  await client.end()
  await database.drop()
})

async function start() {
  const product = spawnProduct(settings())
  products.push(product)
  return { product, url: await product.ready() }
}

const send = (url: string, email: string, idempotency_key: string) =>
  fetch(`${url}/api/v1/leads`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', 'Idempotency-Key': idempotency_key },
    body: JSON.stringify({ email }),
  })

async function count(email: string): Promise<number> {
  const { rows } = await client.query('SELECT count(*)::int AS count FROM leads WHERE email = $1', [email])
  return rows[0].count
}

test('fifty equal requests over two processes make one row and get one answer', async () => {
  const urls = (await Promise.all([start(), start()])).map(({ url }) => url)
  const idempotency_key = randomUUID()
  const calls = Array.from({ length: 50 }, (_, n) => send(urls[n % 2] ?? '', 'twins@example.com', idempotency_key))
  const replies = await Promise.all(calls)
  const bodies = await Promise.all(replies.map((reply) => reply.text()))
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201]))
  expect(new Set(bodies).size).toBe(1)
  expect(replies.filter((reply) => reply.headers.get('X-Idempotency-Status') === 'cached')).toHaveLength(49)
  expect(await count('twins@example.com')).toBe(1)
}, 120_000)

test('twenty times: killed in mid-request and retried, exactly one row is there', async () => {
  let { product, url } = await start()
  for (let round = 0; round < 20; round++) {
    const email = `kill-${round}@example.com`
    const idempotency_key = randomUUID()
    const first = send(url, email, idempotency_key).catch(() => null)
    // From before the request is read to after its answer is written.
    await new Promise((resolve) => setTimeout(resolve, round * 2))
    product.process.kill('SIGKILL')
    await first
    await product.exit
    ;({ product, url } = await start())
    expect((await send(url, email, idempotency_key)).status).toBe(201)
    expect(await count(email)).toBe(1)
  }
}, 300_000)
