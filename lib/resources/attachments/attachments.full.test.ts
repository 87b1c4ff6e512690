import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '@/lib/testing/database'
import { build, cli, type Product, spawnProduct, stop } from '@/lib/testing/product'

/** What a large attachment costs a process of its own, and those who call it meanwhile. */

const run = promisify(execFile)

const MEGABYTE = 1_048_576
const FILE = crypto.getRandomValues(new Uint8Array(65_536))
const LARGEST = new Uint8Array(Buffer.concat(Array<Uint8Array>(160).fill(FILE)))

let database: Awaited<ReturnType<typeof createTestDatabase>>
let product: Product
let url = ''
let key = ''
let ticket_id = ''

beforeAll(async () => {
  await build()
  database = await createTestDatabase()
  const settings = {
    DATABASE_URL: database.url,
    AUTH_SECRET: 'a-secret-of-the-tests-that-is-long-enough',
    HOST: '127.0.0.1',
  }
  await cli(settings, 'orgs', 'create', '--slug', 'beta', '--name', 'Beta', '--plan', 'pro', '--developer-api', 'on')
  await cli(settings, 'orgs', 'set', '--org', 'beta', '--rate-limit', '1000000')
  const words = ['--org', 'beta', '--name', 'x', '--env', 'live', '--scopes', 'read:all,write:all']
  key = (await cli(settings, 'keys', 'create', ...words)).key
  product = spawnProduct(settings)
  url = await product.ready()
  const made = await send('POST', '/tickets', JSON.stringify({ subject: 'Help' }), 'application/json')
  ticket_id = (await made.json()).id
}, 600_000)

afterAll(async () => {
  await stop(product)
  await database.drop()
})

const send = (method: string, path: string, body?: BodyInit, type?: string) =>
  fetch(`${url}/api/v1${path}`, {
    method,
    headers: { Authorization: `Bearer ${key}`, ...(type && { 'Content-Type': type }) },
    body: body ?? null,
  })

async function upload(): Promise<string> {
  const reply = await send('POST', `/tickets/${ticket_id}/attachments`, LARGEST, 'application/octet-stream')
  if (reply.status !== 201) throw new Error(await reply.text())
  return (await reply.json()).id
}

/** Reads it to its end, keeping nothing. */
async function download(id: string): Promise<number> {
  const { body } = await send('GET', `/attachments/${id}/content`)
  let size = 0
  for await (const chunk of body ?? []) size += chunk.byteLength
  return size
}

/** Resident memory of the process, in megabytes. */
async function memory(): Promise<number> {
  const status = await readFile(`/proc/${product.process.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024
}

/** By how many megabytes memory rises at most while `work` runs. */
async function rise(work: () => Promise<unknown>): Promise<number> {
  const before = await memory()
  let most = before
  let ended = false
  const running = work().finally(() => {
    ended = true
  })
  while (!ended) {
    most = Math.max(most, await memory())
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  await running
  return most - before
}

test('a file of 10 MB raises memory by at most 30 MB, up and down', async () => {
  // What the process loads and compiles once.
  for (let round = 0; round < 3; round++) await download(await upload())
  const rises = { up: 0, down: 0 }
  for (let round = 0; round < 10; round++) {
    let id = ''
    rises.up = Math.max(
      rises.up,
      await rise(async () => {
        id = await upload()
      }),
    )
    rises.down = Math.max(rises.down, await rise(async () => expect(await download(id)).toBe(10 * MEGABYTE)))
  }
  process.stdout.write(`Memory rises by ${rises.up.toFixed(1)} MB up and ${rises.down.toFixed(1)} MB down.\n`)
  expect(rises.up).toBeLessThanOrEqual(30)
  expect(rises.down).toBeLessThanOrEqual(30)
}, 120_000)

/** Sends a file and fetches it again in a process of its own, as fast as a line of 100 Mbit/s lets it. */
async function moveByCurl(file: string): Promise<void> {
  const call = async (...words: string[]) => {
    const line = ['-sS', '--fail', '--limit-rate', '12500k', '-H', `Authorization: Bearer ${key}`]
    return (await run('curl', [...line, ...words])).stdout
  }
  const sent = ['-H', 'Content-Type: application/octet-stream', '--data-binary', `@${file}`]
  const { id } = JSON.parse(await call(...sent, `${url}/api/v1/tickets/${ticket_id}/attachments`))
  await call('-o', `${file}.back`, `${url}/api/v1/attachments/${id}/content`)
}

async function withFile(work: (file: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-file-'))
  try {
    const file = join(folder, 'file')
    await writeFile(file, LARGEST)
    await work(file)
  } finally {
    await rm(folder, { recursive: true })
  }
}

const median = (times: number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0

/** The median time of `/me`, in milliseconds: of a hundred calls, one after the other, while `goesOn`. */
async function timeOfMe(goesOn: () => boolean): Promise<number> {
  const times: number[] = []
  while (times.length < 100 || goesOn()) {
    const began = performance.now()
    await (await send('GET', '/me')).arrayBuffer()
    times.push(performance.now() - began)
  }
  return median(times)
}

test('calls beside a file of 10 MB take at most 1.2 times as long', async () => {
  const quiet: number[] = []
  const beside: number[] = []
  await withFile(async (file) => {
    for (let round = 0; round < 10; round++) {
      quiet.push(await timeOfMe(() => false))
      let ended = false
      const moving = moveByCurl(file).finally(() => {
        ended = true
      })
      beside.push(await timeOfMe(() => !ended))
      await moving
    }
  })
  // What else the machine does only ever adds: the best of each is the truest.
  const [alone, together] = [Math.min(...quiet), Math.min(...beside)]
  process.stdout.write(`GET /me takes ${alone.toFixed(2)} ms, and ${together.toFixed(2)} ms beside a file.\n`)
  expect(together / alone).toBeLessThanOrEqual(1.2)
}, 120_000)
