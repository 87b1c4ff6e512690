import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CookieBrowser } from '@/lib/testing/cookie-browser'
import { build, cli, type Product, spawnProduct, stop } from '@/lib/testing/product'

/** A database that hangs: its processes are stopped, its connections stay open, and nothing ever answers. */

const HUNG_MS = 30_000
const CALLS_A_SECOND = 60
const LATEST_MS = 11_000
const PASSWORD = 'a password of the tests'

let dataDir: string
let product: Product
let url: string
let key: string
const browser = new CookieBrowser()

beforeAll(async () => {
  await build()
  dataDir = await mkdtemp(join(tmpdir(), 'latchkey-hung-'))
  product = spawnProduct({ DATA_DIR: dataDir, DEMO_PASSWORD: PASSWORD })
  url = await product.ready()
  const settings = { DATA_DIR: dataDir }
  await cli(settings, 'orgs', 'set', '--org', 'acme', '--plan', 'enterprise', '--rate-limit', '1000000')
  const scopes = ['--scopes', 'contacts:read,contacts:write']
  key = (await cli(settings, 'keys', 'create', '--org', 'acme', '--name', 'x', '--env', 'live', ...scopes)).key
  await signIn(browser)
}, 900_000)

afterAll(async () => {
  await stop(product)
  await rm(dataDir, { recursive: true, force: true })
})

/** Signs in as the pages do. */
async function signIn(as: CookieBrowser): Promise<Response> {
  const { csrfToken } = await (await as.ask(`${url}/api/auth/csrf`)).json()
  const body = new URLSearchParams({ email: 'admin@acme.test', password: PASSWORD, csrfToken, json: 'true' })
  return as.ask(`${url}/api/auth/callback/credentials`, { method: 'POST', body })
}

const bearer = () => ({ Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' })

type Call = (n: number) => Promise<Response>

/** One call of each kind. */
const CALLS: Record<string, Call> = {
  me: () => fetch(`${url}/api/v1/me`, { headers: bearer() }),
  contacts: () => fetch(`${url}/api/v1/contacts`, { headers: bearer() }),
  create: (n) => {
    const body = JSON.stringify({ email: `hung-${n}@example.com` })
    const headers = { ...bearer(), 'Idempotency-Key': `hung-${n}` }
    return fetch(`${url}/api/v1/contacts`, { method: 'POST', headers, body })
  },
  session: () => browser.ask(`${url}/api/dashboard/session`),
  keys: () => browser.ask(`${url}/api/dashboard/orgs/acme/keys`),
  auth: () => browser.ask(`${url}/api/auth/session`),
  page: () => browser.ask(`${url}/orgs/acme/settings/api-keys`),
  account: () => browser.ask(`${url}/account`),
  ready: () => fetch(`${url}/api/health/ready`),
}

type Answer = { kind: string; at: number; ms: number; status: number | string; retryAfter: string | null; body: string }

async function time(kind: string, call: () => Promise<Response>): Promise<Answer> {
  const at = performance.now()
  const told = (status: number | string, retryAfter: string | null, body: string) => ({
    kind,
    at,
    ms: Math.round(performance.now() - at),
    status,
    retryAfter,
    body,
  })
  try {
    const response = await call()
    return told(response.status, response.headers.get('retry-after'), await response.text())
  } catch (error) {
    return told(error instanceof Error ? `${error.message}: ${error.cause}` : String(error), null, '')
  }
}

async function postmaster(): Promise<number> {
  const [pid] = (await readFile(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8')).split('\n')
  return Number(pid)
}

async function childrenOf(parent: number): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const children = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] === String(parent) ? [Number(pid)] : []
    }),
  )
  return children.flat()
}

/** A process that has ended meanwhile needs no signal. */
function signal(pids: number[], name: 'SIGSTOP' | 'SIGCONT') {
  for (const pid of pids) {
    try {
      process.kill(pid, name)
    } catch {}
  }
}

/** Stops all of Postgres. The postmaster goes first: once it is stopped it makes no more children. @returns whom it stopped */
async function hang(): Promise<number[]> {
  const parent = await postmaster()
  signal([parent], 'SIGSTOP')
  const children = await childrenOf(parent)
  signal(children, 'SIGSTOP')
  return [parent, ...children]
}

/** One sign-in a second: an account has ten attempts, of which those that succeed count until they have. */
const WITH_SIGN_INS: [string, Call][] = [
  ...Array.from({ length: 6 }, () => Object.entries(CALLS)).flat(),
  ['sign in', () => signIn(new CookieBrowser())],
]

/** Starts calls of all kinds in turn, so many a second, for so long. */
async function arrive(ms: number, kinds: [string, Call][]): Promise<Promise<Answer>[]> {
  const began = performance.now()
  const pending: Promise<Answer>[] = []
  while (performance.now() - began < ms) {
    const due = ((performance.now() - began) / 1_000) * CALLS_A_SECOND
    while (pending.length < due) {
      const [kind, call] = kinds[pending.length % kinds.length] ?? []
      const n = pending.length
      if (kind && call) pending.push(time(kind, () => call(n)))
    }
    await sleep(5)
  }
  return pending
}

let asked = 0

/** One call of each kind, at the same time. */
const everyKind = () =>
  Promise.all(Object.entries(CALLS).map(([kind, call]) => time(kind, () => call(asked++ - 1_000))))

const isRefused = ({ status }: Answer) => status !== 200 && status !== 201

const brief = ({ kind, ms, status, body }: Answer) => `${kind} ${status} after ${ms} ms: ${body.slice(0, 200)}`

test('while Postgres hangs everybody is told so within eleven seconds, and a second after it is back all is served', async () => {
  expect((await everyKind()).filter(isRefused).map(brief)).toEqual([])

  const hanging = arrive(HUNG_MS, WITH_SIGN_INS)
  await sleep(200)
  const stopped = await hang()
  let pending: Promise<Answer>[]
  try {
    pending = await hanging
  } finally {
    signal(stopped, 'SIGCONT')
  }
  expect(stopped.length).toBeGreaterThan(5)
  await sleep(1_000)
  const after = await everyKind()
  const answers = await Promise.all(pending)

  expect(answers.filter(({ ms }) => ms > LATEST_MS).map(brief)).toEqual([])
  expect(answers.filter(({ status }) => ![200, 201, 503].includes(Number(status))).map(brief)).toEqual([])
  expect(after.filter(isRefused).map(brief)).toEqual([])
  const refused = answers.filter(({ status }) => status === 503)
  expect(refused.length).toBeGreaterThan(1_000)
  expect(refused.filter(({ kind, retryAfter }) => kind !== 'ready' && retryAfter === null).map(brief)).toEqual([])
  // Nobody who is signed in is shown the sign-in.
  const pages = refused.filter(({ kind }) => kind === 'page' || kind === 'account')
  expect(pages.filter(({ body }) => !body.includes('Temporarily unavailable')).map(brief)).toEqual([])
}, 300_000)
