import { spawn } from 'node:child_process'
import type pg from 'pg'
import { z } from 'zod'
import { campaigns } from './campaigns'
import { docsScripts } from './docs'
import { jobs } from './jobs'
import { keyPages } from './key-pages'
import { load } from './load'
import { metrics } from './metrics'
import { openTransaction } from './open-transaction'
import { makeKeys, type Product, startProduct, withDatabase, withDataDir } from './product'
import { bestOf, compare, promise, report, timesAsFast } from './report'
import { againstReference, NEW_CONTACT } from './rows'
import { sealing } from './sealing'
import { webhooks } from './webhooks'

/**
 * `npm run bench`: everything in one run, so that the ratios mean something on any machine. Prints a table and whether
 * each promise is kept; exits 1 when one is not.
 */

/** Runs a server of ours in a process of its own. */
async function withServer<Result>(
  script: string,
  environment: Record<string, string>,
  work: (url: string) => Promise<Result>,
): Promise<Result> {
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  })
  try {
    const url = await new Promise<string>((resolve) =>
      child.stdout.on('data', (chunk) => resolve(String(chunk).replace('ready ', '').trim())),
    )
    return await work(url)
  } finally {
    child.kill()
  }
}

const NEXT = 'Next route handler no-op'
const CREATE = 'POST /api/v1/contacts'

async function requests(product: Product, keys: string[]) {
  const contacts = `${product.url}/api/v1/contacts`
  const create = { url: contacts, method: 'POST', keys, body: NEW_CONTACT } as const
  const rounds = await withServer('bench/bare-hono.ts', {}, (bare) =>
    compare({
      'bare Hono no-op': { url: bare },
      [NEXT]: { url: `${product.url}/api/health` },
      'GET /api/v1/me': { url: `${product.url}/api/v1/me`, keys },
      'GET /api/v1/contacts?limit=25': { url: `${contacts}?limit=25`, keys },
      [CREATE]: create,
      'the same with Idempotency-Key': { ...create, idempotent: true },
    }),
  )
  console.log(
    `\n${'requests'.padEnd(30)}${'per s'.padStart(9)}${'p50 ms'.padStart(9)}${'p99 ms'.padStart(9)}${'× Next'.padStart(9)}`,
  )
  for (const [name, { perSecond, p50, p99, refused }] of bestOf(rounds)) {
    const ratio = timesAsFast(rounds, name, NEXT).toFixed(2)
    const note = refused ? `  ${refused} refused` : ''
    console.log(
      `${name.padEnd(30)}${perSecond.toFixed(0).padStart(9)}${String(p50).padStart(9)}${String(p99).padStart(9)}${ratio.padStart(9)}${note}`,
    )
  }
  const ratio = timesAsFast(rounds, 'GET /api/v1/me', NEXT)
  promise(`/me is ${ratio.toFixed(1)} × the Next no-op (at least 5)`, ratio >= 5)
  const slower = timesAsFast(rounds, CREATE, 'the same with Idempotency-Key')
  promise(`an Idempotency-Key makes a POST ${slower.toFixed(2)} × as dear (at most 2.5)`, slower <= 2.5)
}

async function memory(product: Product, keys: string[]) {
  const contacts = `${product.url}/api/v1/contacts`
  const mixed = [
    { url: `${product.url}/api/v1/me`, keys },
    { url: `${contacts}?limit=25`, keys },
    { url: contacts, method: 'POST' as const, keys, body: NEW_CONTACT, idempotent: true },
    { url: `${contacts}?q=ada&sort=-email,created_at`, keys },
  ]
  const call = async (amount: number) => {
    for (const one of mixed) await load(one, { amount: amount / mixed.length })
  }
  await call(20_000)
  const early = await product.memory()
  await call(180_000)
  const late = await product.memory()
  const ratio = late / early
  const text = `${late.toFixed(0)} MB after 200,000 requests, ${early.toFixed(0)} MB after 20,000`
  promise(`${text}: ${ratio.toFixed(2)} × (at most 1.3)`, ratio <= 1.3)
}

const page = z.object({ next_cursor: z.string().nullable() })

/** The list of contacts: its first page among 100 and among 100,000 rows of one table, and page 1,000 by cursor. */
async function lists(product: Product, dataDir: string) {
  await withDatabase(dataDir, fillContacts)
  const [few, many] = [await makeKeys(product, 1, 'test'), await makeKeys(product, 1, 'live')]
  const url = `${product.url}/api/v1/contacts?limit=25`
  let deep = url
  for (let passed = 1; passed < 1_000; passed++) {
    const reply = await fetch(deep, { headers: { Authorization: `Bearer ${many[0]}` } })
    deep = `${url}&cursor=${page.parse(await reply.json()).next_cursor}`
  }
  const rounds = await compare({
    'first of 100': { url, keys: few },
    'first of 100,000': { url, keys: many },
    'page 1,000': { url: deep, keys: many },
  })
  for (const name of ['first of 100,000', 'page 1,000']) {
    const ratio = timesAsFast(rounds, 'first of 100', name)
    promise(`contacts, ${name}: ${ratio.toFixed(2)} × the first of 100 (at most 1.5)`, ratio <= 1.5)
  }
}

async function fillContacts(client: pg.Client) {
  for (const [environment, count] of [
    ['test', 100],
    ['live', 100_000],
  ]) {
    await client.query(
      `INSERT INTO contacts (id, organization_id, environment, email, first_name, created_at)
       SELECT gen_random_uuid(), o.id, $1::environment, 'bench-' || n || '@example.com', 'Ada', now() - n * interval '1 second'
       FROM organizations o, generate_series(1, $2::int) n WHERE o.slug = 'acme'`,
      [environment, count],
    )
  }
  await client.query('ANALYZE contacts')
}

await withDataDir(async (dataDir) => {
  // The first start builds, and initialises the database; the second is the one that is measured.
  await (await startProduct(dataDir)).stop()
  const product = await startProduct(dataDir)
  try {
    promise(`start to ready in ${product.seconds.toFixed(2)} s (at most 5)`, product.seconds <= 5)
    const heaviest = await docsScripts(product)
    const added = `${heaviest.path} adds ${heaviest.kilobytes.toFixed(1)} KB of JavaScript to a bare page`
    promise(`${added} (at most 60)`, heaviest.kilobytes <= 60)
    const keys = await makeKeys(product, 16)
    await memory(product, keys)
    await requests(product, keys)
    await withDatabase(dataDir, async (client, url) => {
      const environment = { BENCH_DATABASE_URL: url }
      await withServer('bench/reference.ts', environment, (reference) => againstReference(product, reference, client))
    })
    await lists(product, dataDir)
    await keyPages(product, dataDir)
    await webhooks(product, dataDir, keys)
    await jobs(product, dataDir, keys)
    await campaigns(product, dataDir, keys)
    await sealing(product, dataDir)
    await metrics(dataDir, keys)
    await openTransaction(product, dataDir)
  } finally {
    await product.stop()
  }
})

process.exitCode = report() ? 0 : 1
