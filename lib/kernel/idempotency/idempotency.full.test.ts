import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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
  const words = ['--org', 'beta', '--name', 'x', '--env', 'live', '--scopes', 'read:all,write:all']
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

/** Makes a task, since nothing but the record of the request keeps one from being made twice. */
const send = (url: string, title: string, idempotency_key: string) =>
  fetch(`${url}/api/v1/tasks`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', 'Idempotency-Key': idempotency_key },
    body: JSON.stringify({ title }),
  })

async function count(title: string): Promise<number> {
  const { rows } = await client.query('SELECT count(*)::int AS count FROM tasks WHERE title = $1', [title])
  return rows[0].count
}

test('fifty equal requests over two processes make one row and get one answer', async () => {
  const urls = (await Promise.all([start(), start()])).map(({ url }) => url)
  const idempotency_key = randomUUID()
  const calls = Array.from({ length: 50 }, (_, n) => send(urls[n % 2] ?? '', 'twins', idempotency_key))
  const replies = await Promise.all(calls)
  const bodies = await Promise.all(replies.map((reply) => reply.text()))
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201]))
  expect(new Set(bodies).size).toBe(1)
  expect(replies.filter((reply) => reply.headers.get('X-Idempotency-Status') === 'cached')).toHaveLength(49)
  expect(await count('twins')).toBe(1)
}, 120_000)

test('twenty times: killed in mid-request and retried, exactly one row is there', async () => {
  let { product, url } = await start()
  for (let round = 0; round < 20; round++) {
    const title = `kill-${round}`
    const idempotency_key = randomUUID()
    const first = send(url, title, idempotency_key).catch(() => null)
    // From before the request is read to after its answer is written.
    await new Promise((resolve) => setTimeout(resolve, round * 2))
    product.process.kill('SIGKILL')
    await first
    await product.exit
    ;({ product, url } = await start())
    expect((await send(url, title, idempotency_key)).status).toBe(201)
    expect(await count(title)).toBe(1)
  }
}, 300_000)

type Request = { method: string; path: string; body: unknown }

/** One change, and where to look for what it has done. */
type Change = Request & {
  /** Rows that it made or versions that it raised, and activities that it appended. */
  effects: () => Promise<{ rows: number; activities: number }>
}

async function countEffects(statement: string, value: string) {
  const { rows } = await client.query(statement, [value])
  return { rows: rows[0].rows, activities: rows[0].activities }
}

const countRows = (table: string, column: string) => `
  SELECT count(DISTINCT t.id)::int AS rows, count(a.id)::int AS activities
  FROM ${table} t LEFT JOIN activities a ON a.subject_id = t.id WHERE t.${column} = $1`

const CHANGES: Record<string, (url: string) => Promise<Change>> = {
  'a creation': async () => {
    const title = randomUUID()
    const effects = () => countEffects(countRows('tasks', 'title'), title)
    return { method: 'POST', path: '/tasks', body: { title }, effects }
  },
  'a creation that nothing else may equal': async () => {
    const email = `${randomUUID()}@example.com`
    const effects = () => countEffects(countRows('contacts', 'email'), email)
    return { method: 'POST', path: '/contacts', body: { email }, effects }
  },
  'a change': async (url) => {
    const made = await ask(url, { method: 'POST', path: '/contacts', body: { email: `${randomUUID()}@example.com` } })
    const { id } = await made.json()
    const statement = `
      SELECT t.version - 1 AS rows, count(a.id)::int AS activities
      FROM contacts t LEFT JOIN activities a ON a.subject_id = t.id AND a.type = 'contact.updated'
      WHERE t.id = $1 GROUP BY t.id`
    const effects = () => countEffects(statement, id)
    return { method: 'PATCH', path: `/contacts/${id}`, body: { first_name: randomUUID() }, effects }
  },
  'a change of several statements': async () => {
    const name = randomUUID()
    const effects = () => countEffects(countRows('sequences', 'name'), name)
    return { method: 'POST', path: '/sequences', body: { name, steps: [{ kind: 'wait', hours: 1 }] }, effects }
  },
}

function ask(url: string, { method, path, body }: Request, headers: Record<string, string> = {}) {
  const described = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', ...headers }
  return fetch(`${url}/api/v1${path}`, { method, headers: described, body: JSON.stringify(body) })
}

/** Numbers below `below`, the same for the same seed (Park and Miller). */
function numbers(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

describe('sixty-four twins over two processes, of which one is killed between', () => {
  const TWINS = 64
  const names = Object.keys(CHANGES)
  let staying = ''
  beforeAll(async () => {
    staying = (await start()).url
  }, 120_000)

  type Twins = {
    send: (url: string) => void
    /** The address of the process that will be killed. */
    going: string
    kill: () => void
    idempotency_key: string
  }

  /**
   * Sends the twins, kills one process in the midst of them, and sends again to the other what was lost with it, as a
   * client does. What every twin was answered is one answer, and it was done once.
   */
  async function expectOnce(name: string, run: (twins: Twins) => Promise<void>) {
    const going = await start()
    const change = await CHANGES[name]?.(staying)
    if (!change) throw new Error(`There is no change ${name}.`)
    const idempotency_key = randomUUID()
    const twins: Promise<{ status: number; body: string; cached: boolean }>[] = []
    const answer = async (url: string) => {
      const reply = await ask(url, change, { 'Idempotency-Key': idempotency_key })
      return {
        status: reply.status,
        body: await reply.text(),
        cached: reply.headers.get('X-Idempotency-Status') === 'cached',
      }
    }
    let lost = 0
    const send = (url: string) =>
      void twins.push(
        answer(url).catch((error: unknown) => {
          if (url !== going.url) throw error
          lost += 1
          return answer(staying)
        }),
      )
    const kill = () => void going.product.process.kill('SIGKILL')
    await run({ send, kill, going: going.url, idempotency_key })
    const answers = await Promise.all(twins)
    await going.product.exit
    expect(answers).toHaveLength(TWINS)
    expect(new Set(answers.map(({ status, body }) => `${status} ${body}`)).size).toBe(1)
    expect(answers[0]?.status).toBeLessThan(300)
    expect(answers.filter(({ cached }) => !cached).length).toBeLessThanOrEqual(1)
    expect(await change.effects()).toEqual({ rows: 1, activities: 1 })
    return lost
  }

  test.each(names)('while both wait to keep the answer: %s', async (name) => {
    const holder = await openClient({ connectionString: database.url })
    const lost = await expectOnce(name, async ({ send, going, kill, idempotency_key }) => {
      await holder.query('BEGIN')
      // As a twin in a third process, which comes to nothing: whoever keeps the record waits for its end.
      await holder.query(
        `INSERT INTO idempotency_records (lineage_id, key, fingerprint, expires_at)
         SELECT lineage_id, $1, '', now() + interval '1 day' FROM api_keys`,
        [idempotency_key],
      )
      for (let twin = 0; twin < TWINS; twin++) send(twin % 2 === 0 ? going : staying)
      await expect.poll(waiting, { timeout: 4_000 }).toBe(2)
      kill()
      await holder.query('ROLLBACK')
    })
    await holder.end()
    expect(lost).toBe(TWINS / 2)
  })

  const seeds = Array.from({ length: 5 }, (_, index) => index + 1)

  test.each(names.flatMap((name) => seeds.map((seed) => [name, seed] as const)))(
    'at any time: %s, seed %i',
    async (name, seed) => {
      const below = numbers(seed * 7_919)
      await expectOnce(name, async ({ send, going, kill }) => {
        const at = (ms: number, act: () => void) =>
          new Promise<void>((resolve) => {
            setTimeout(() => resolve(act()), ms)
          })
        const sent = Array.from({ length: TWINS }, () => {
          const url = below(2) === 0 ? going : staying
          return at(below(40), () => send(url))
        })
        await Promise.all([...sent, at(below(80), kill)])
      })
    },
  )

  async function waiting(): Promise<number> {
    const { rows } = await client.query(
      `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    return rows[0].count
  }
})
