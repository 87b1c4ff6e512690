import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, inject } from 'vitest'
import { setRuntime } from '@/lib/base/node/runtime'
import { disconnect } from '@/lib/kernel/db/client'
import { openClient } from '@/lib/kernel/db/session'
import { flushLastUses } from '@/lib/keys/authenticate/last-use'
import { flushUsage } from '@/lib/keys/usage/record'
import { migrate } from '@/lib/server/migrations/migrate'
import { HOSTILE_LOCALE, hostileDefaults } from '@/lib/testing/postgres/hostile-settings'

async function asSuperuser(...statements: string[]) {
  const client = await openClient({ connectionString: inject('postgres').adminUrl })
  try {
    for (const sql of statements) await client.query(sql)
  } finally {
    await client.end()
  }
}

const addressOf = (name: string) => Object.assign(new URL(inject('postgres').url), { pathname: name }).href

/** Makes a database of the role of the address, as in production. @param template of its schema and locale */
function create(name: string, template = `TEMPLATE ${new URL(inject('postgres').url).pathname.slice(1)}`) {
  return asSuperuser(`CREATE DATABASE ${name} OWNER ${new URL(inject('postgres').url).username} ${template}`)
}

type TestDatabase = { url: string; drop: () => Promise<void> }

/**
 * A database that nobody else uses, with the schema and no rows.
 * @param options.migrated false: without the schema
 * @param options.hostile with a locale and defaults that nothing may depend on
 */
export async function createTestDatabase(options: { migrated?: false; hostile?: true } = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  const url = addressOf(name)
  if (options.hostile) {
    await create(name, HOSTILE_LOCALE)
    await asSuperuser(...hostileDefaults(`DATABASE ${name}`))
    if (options.migrated !== false) await migrate(url)
  } else await create(name, options.migrated === false ? '' : undefined)
  return { url, drop: () => asSuperuser(`DROP DATABASE ${name} WITH (FORCE)`) }
}

/** Ends what is connected, once everything behind it is written: written later, it would connect to that database again. */
export async function leaveDatabase() {
  await flushUsage()
  await flushLastUses()
  await disconnect()
}

/** Makes `prisma()`, `pool()` and the APIs use a database; whatever was connected to another is closed. */
async function use(databaseUrl: string) {
  const isElsewhere = globalThis.latchkeyRuntime?.databaseUrl !== databaseUrl
  if (isElsewhere) await leaveDatabase()
  const authSecret = 'a-secret-of-the-tests-that-is-long-enough'
  setRuntime({ databaseUrl, authSecret, appUrl: 'http://localhost:3000', requireHttps: false })
}

/** The database of this worker's tests, which the first of its files makes. The whole server goes at the end of the run. */
async function databaseOfWorker(): Promise<string> {
  const name = `worker_${process.env.VITEST_POOL_ID}`
  try {
    await create(name)
  } catch (error) {
    // 42P04: it is there.
    if (Object(error).code !== '42P04') throw error
  }
  return addressOf(name)
}

/**
 * Gives the test file the database of its worker, which `prisma()` and `pool()` use: call it at the top of the file.
 * Other files' rows are in it, so a test makes an organisation of its own and looks at nothing else.
 */
export function useTestDatabase() {
  beforeAll(async () => use(await databaseOfWorker()))
}

type Way = { url: string; stop: () => Promise<void> }

/**
 * As `useTestDatabase`, but the file is alone in its database: for what looks at all rows, at what the platform is, or at
 * the database itself.
 * @param options.through opens another way to it, such as a pooler
 */
export function useOwnDatabase(options: { hostile?: true; through?: (url: string) => Promise<Way> } = {}) {
  let way: Way | undefined
  beforeAll(async () => {
    const database = await createTestDatabase(options)
    way = await options.through?.(database.url)
    await use(way?.url ?? database.url)
  })
  afterAll(async () => {
    await leaveDatabase()
    await way?.stop()
    // The database goes with the whole server: to drop it would write out all that is in memory, of every database.
  })
}
