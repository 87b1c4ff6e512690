import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { openClient } from '@/lib/kernel/db/session'
import { createTestDatabase } from '@/lib/testing/database'
import { build, cli, type Product, spawnProduct, stop } from '@/lib/testing/product'

/** One tenant with much does as much as it can with one key; another one is served. */

const CONTACTS = 200_000

let database: Awaited<ReturnType<typeof createTestDatabase>>
let client: pg.Client
let product: Product
let url = ''
let hostile = ''
let quiet = ''
let list = ''
let contacts: string[] = []

const settings = () => ({
  DATABASE_URL: database.url,
  AUTH_SECRET: 'a-secret-of-the-tests-that-is-long-enough',
  HOST: '127.0.0.1',
})

async function makeTenant(slug: string): Promise<string> {
  const words = ['--name', slug, '--plan', 'enterprise', '--developer-api', 'on']
  await cli(settings(), 'orgs', 'create', '--slug', slug, ...words)
  await cli(settings(), 'orgs', 'set', '--org', slug, '--rate-limit', '1000000')
  const scopes = ['--scopes', 'read:all,write:all']
  return (await cli(settings(), 'keys', 'create', '--org', slug, '--name', 'x', '--env', 'live', ...scopes)).key
}

const ask = (key: string, path: string, body?: unknown) =>
  fetch(`${url}/api/v1${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: body ? JSON.stringify(body) : null,
  })

const page = z.object({ next_cursor: z.string().nullable() })

beforeAll(async () => {
  await build()
  database = await createTestDatabase()
  client = await openClient({ connectionString: database.url })
  hostile = await makeTenant('hostile')
  quiet = await makeTenant('quiet')
  await client.query('SET statement_timeout = 0')
  await client.query(
    `INSERT INTO contacts (id, organization_id, environment, email, first_name, company, created_at, updated_at)
       SELECT gen_random_uuid(), o.id, 'live', 'p' || i || '@example.com',
         CASE WHEN i > $1::int * 9 / 10 THEN 'Ancient' ELSE 'First' || i % 500 END, 'Company ' || i % 1000,
         now() - i * interval '1 second', now() FROM organizations o, generate_series(1, $1::int) AS i WHERE slug = 'hostile'`,
    [CONTACTS],
  )
  await client.query('VACUUM ANALYZE')
  product = spawnProduct(settings())
  url = await product.ready()
  list = z.object({ id: z.string() }).parse(await (await ask(hostile, '/contact_lists', { name: 'x' })).json()).id
  const first = await (await ask(hostile, '/contacts?limit=100')).json()
  contacts = z
    .object({ data: z.array(z.object({ id: z.string() })) })
    .parse(first)
    .data.map(({ id }) => id)
}, 900_000)

afterAll(async () => {
  await stop(product)
  await client.end()
  await database.drop()
})

/** A call after the other of the quiet tenant, as long as `until` has not come to pass, or so many. */
async function callsOf(until: { done: boolean }, most: number) {
  const times: number[] = []
  const statuses = new Set<number>()
  while (!until.done && times.length < most) {
    const began = performance.now()
    const reply = await ask(quiet, '/me')
    await reply.text()
    times.push(performance.now() - began)
    statuses.add(reply.status)
    await wait(5)
  }
  times.sort((one, other) => one - other)
  return { p99: times[Math.floor(times.length * 0.99)] ?? 0, count: times.length, statuses: [...statuses] }
}

const SEARCHES = [
  'q=qx',
  'q=q',
  'q=%25%25%25',
  'q=Ancient',
  'q=nobody&sort=email',
  'q=example.com',
  'q=Ancient&created_after=2020-01-01T00:00:00Z',
  'q=p199999',
].map((query) => `/contacts?${query}`)

const DEEP = [
  'created_after=2020-01-01T00:00:00Z&sort=email',
  'created_before=2020-01-01T00:00:00Z&sort=-updated_at,email',
  'created_after=2020-01-01T00:00:00Z&email=nobody@example.com',
]

/** What one caller does until it is over, each call after the other. */
type Attack = (n: number, until: { done: boolean }) => Promise<void>

const repeat =
  (call: (n: number) => Promise<Response>): Attack =>
  async (n, until) => {
    for (let turn = n; !until.done; turn++) await (await call(turn)).text()
  }

/** What is done, by how many callers, and how many times as slow the slowest calls of others may be. */
const ATTACKS: [string, number, number, Attack][] = [
  ['searches', 32, 3, repeat((n) => ask(hostile, SEARCHES[n % SEARCHES.length] ?? ''))],
  ['deep filters', 18, 10, repeat((n) => ask(hostile, `/contacts?${DEEP[n % DEEP.length]}`))],
  // These are ordinary calls, eight at once, which share the process and the processor with all others.
  ['bulk calls', 18, 10, repeat(() => ask(hostile, `/contact_lists/${list}/contacts`, { contact_ids: contacts }))],
  [
    'exports',
    18,
    10,
    async (_, until) => {
      for (let cursor: string | null = ''; cursor !== null && !until.done; ) {
        const reply: Response = await ask(hostile, `/contacts?limit=100${cursor && `&cursor=${cursor}`}`)
        cursor = page.parse(await reply.json()).next_cursor
      }
    },
  ],
]

test.each(ATTACKS)(
  '%s of one key at once leave the calls of another tenant nearly as fast, and all served',
  async (what, callers, times, attack) => {
    // Enough that the first half second, in which all begin at once and nothing is compiled yet, is not the p99.
    const CALLS = 1_000
    await callsOf({ done: false }, CALLS)
    const alone = await callsOf({ done: false }, CALLS)
    const until = { done: false }
    const attacks = Promise.all(Array.from({ length: callers }, (_, n) => attack(n, until)))
    const meanwhile = await callsOf(until, CALLS)
    until.done = true
    await attacks
    process.stdout.write(`${what}: p99 ${alone.p99.toFixed(1)} ms alone, ${meanwhile.p99.toFixed(1)} ms meanwhile\n`)
    expect(meanwhile.statuses).toEqual([200])
    expect(meanwhile.count).toBe(CALLS)
    expect(meanwhile.p99).toBeLessThan(times * alone.p99)
  },
)
