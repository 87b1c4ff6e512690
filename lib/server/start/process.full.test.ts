import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase } from '@/lib/testing/database'
import { build, cli, type Product, spawnProduct, stop } from '@/lib/testing/product'

/** The whole process, started, stopped and killed as on a real machine. It builds first. */

const bearer = (key: string) => ({ Authorization: `Bearer ${key}` })

beforeAll(build, 300_000)

describe('on the embedded database', () => {
  let dataDir: string
  let product: Product
  let url: string
  let key: string

  const postmaster = async () =>
    Number((await readFile(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8')).split('\n')[0])

  async function start() {
    product = spawnProduct({ DATA_DIR: dataDir })
    url = await product.ready()
  }

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'latchkey-process-'))
    await start()
  })
  afterAll(async () => {
    await stop(product)
    await rm(dataDir, { recursive: true, force: true })
  })

  test('prints a line per step and the demo sign-ins, and is ready', async () => {
    expect(product.output()).toMatch(/database .* s\n.*migrations .* s\n(.*build .* s\n)+/)
    expect(await product.printed(/(password \S{8,}[\s\S]*admin@acme\.test +Admin of acme)/)).toBeDefined()
    expect((await fetch(`${url}/api/health/ready`)).status).toBe(200)
  })

  test('refuses a second start, and names the first', async () => {
    const second = spawnProduct({ DATA_DIR: dataDir })
    expect(await second.exit).toBe(1)
    expect(second.output()).toContain(`as process ${product.process.pid}.`)
  })

  test('lets the command line make a key while it runs', async () => {
    const scopes = ['--scopes', 'contacts:read,contacts:write']
    const made = await cli(
      { DATA_DIR: dataDir },
      'keys',
      'create',
      '--org',
      'acme',
      '--name',
      'x',
      '--env',
      'live',
      ...scopes,
    )
    key = made.key
    expect((await fetch(`${url}/v1/me`, { headers: bearer(key) })).status).toBe(200)
  })

  test('keeps every acknowledged write when it and Postgres are killed', async () => {
    const acknowledged: string[] = []
    let killed = false
    async function write(writer: number) {
      for (let n = 0; !killed; n++) {
        const body = JSON.stringify({ email: `w${writer}-${n}@example.com` })
        const headers = { ...bearer(key), 'Content-Type': 'application/json' }
        const reply = await fetch(`${url}/api/v1/contacts`, { method: 'POST', headers, body }).catch(() => null)
        if (reply?.status === 201) acknowledged.push((await reply.json()).id)
      }
    }
    await cli({ DATA_DIR: dataDir }, 'orgs', 'set', '--org', 'acme', '--rate-limit', '1000000')
    const writers = [1, 2, 3, 4].map(write)
    await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(100)
    process.kill(await postmaster(), 'SIGKILL')
    product.process.kill('SIGKILL')
    killed = true
    await Promise.allSettled(writers)
    await product.exit
    await start()
    const replies = acknowledged.map((id) => fetch(`${url}/api/v1/contacts/${id}`, { headers: bearer(key) }))
    expect(new Set((await Promise.all(replies)).map(({ status }) => status))).toEqual(new Set([200]))
  })

  test('adopts the Postgres that it left when only it was killed', async () => {
    const before = await postmaster()
    product.process.kill('SIGKILL')
    await product.exit
    await start()
    expect(await postmaster()).toBe(before)
    expect((await fetch(`${url}/v1/me`, { headers: bearer(key) })).status).toBe(200)
  })

  test('starts Postgres again when that is killed, and serves on', async () => {
    process.kill(await postmaster(), 'SIGKILL')
    const me = () => fetch(`${url}/v1/me`, { headers: bearer(key) }).then(({ status }) => status)
    await expect.poll(me, { timeout: 20_000 }).toBe(200)
    await expect
      .poll(() => product.output().match(/went away|is back/g), { timeout: 20_000 })
      .toEqual(['went away', 'is back'])
  })

  test('says that its port is taken', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'latchkey-process-'))
    const second = spawnProduct({ DATA_DIR: folder, PORT: new URL(url).port })
    expect(await second.exit).toBe(1)
    expect(second.output()).toMatch(/Port \d+ on 127\.0\.0\.1 is taken/)
    await rm(folder, { recursive: true })
  })

  test('ends on SIGTERM with 0, and Postgres with it, also when nobody reads its output any more', async () => {
    product.process.stdout?.destroy()
    product.process.stderr?.destroy()
    expect(await stop(product)).toBe(0)
    await expect(postmaster()).rejects.toThrow(/ENOENT/)
  })
})

describe('on a database of the operator’s', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>
  const settings = () => ({
    DATABASE_URL: database.url,
    AUTH_SECRET: 'a-secret-of-the-tests-that-is-long-enough',
    HOST: '127.0.0.1',
  })

  beforeAll(async () => {
    database = await createTestDatabase({ migrated: false })
  })
  afterAll(() => database.drop())

  test('asks for AUTH_SECRET', async () => {
    const product = spawnProduct({ DATABASE_URL: database.url })
    expect(await product.exit).toBe(1)
    expect(product.output()).toMatch(/AUTH_SECRET: .*Example: AUTH_SECRET=/)
  })

  test('two that start together migrate once, seed nothing, and keep one limit', async () => {
    const products = [spawnProduct(settings()), spawnProduct(settings())]
    const urls = await Promise.all(products.map((product) => product.ready()))
    expect(await cli(settings(), 'orgs', 'list')).toEqual([])
    await cli(
      settings(),
      'orgs',
      'create',
      '--slug',
      'beta',
      '--name',
      'Beta',
      '--plan',
      'pro',
      '--developer-api',
      'on',
    )
    const { key } = await cli(settings(), 'keys', 'create', '--org', 'beta', '--name', 'x', '--env', 'live')
    const calls = Array.from({ length: 700 }, (_, n) => fetch(`${urls[n % 2]}/v1/me`, { headers: bearer(key) }))
    const statuses = (await Promise.all(calls)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(600)
    expect(statuses.filter((status) => status === 429)).toHaveLength(100)
    expect(await Promise.all(products.map(stop))).toEqual([0, 0])
  })
})

test('a wrong variable is named, with an example', async () => {
  const product = spawnProduct({ PORT: 'http' })
  expect(await product.exit).toBe(1)
  expect(product.output().trim()).toMatch(/^PORT: .*Example: PORT=3000$/)
})
