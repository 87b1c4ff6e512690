import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, inject } from 'vitest'
import { disconnect } from '@/lib/db/client'
import { setRuntime } from '@/lib/runtime'

async function asSuperuser(sql: string) {
  const client = new pg.Client({ connectionString: inject('postgres').adminUrl })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

const addressOf = (name: string) => Object.assign(new URL(inject('postgres').url), { pathname: name }).href

/** Makes a database with the schema and no rows; owned by the role of the address, as in production. */
async function create(name: string, { migrated = true } = {}) {
  const { username, pathname } = new URL(inject('postgres').url)
  const template = migrated ? `TEMPLATE ${pathname.slice(1)}` : ''
  await asSuperuser(`CREATE DATABASE ${name} OWNER ${username} ${template}`)
}

/** A database that nobody else uses. */
export async function createTestDatabase(options?: {
  migrated?: boolean
}): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await create(name, options)
  return { url: addressOf(name), drop: () => asSuperuser(`DROP DATABASE ${name} WITH (FORCE)`) }
}

/** Makes `prisma()`, `pool()` and the APIs use a database; whatever was connected to another is closed. */
async function use(databaseUrl: string) {
  const isElsewhere = globalThis.latchkeyRuntime?.databaseUrl !== databaseUrl
  const authSecret = 'a-secret-of-the-tests-that-is-long-enough'
  setRuntime({ databaseUrl, authSecret, appUrl: 'http://localhost:3000', requireHttps: false })
  if (isElsewhere) await disconnect()
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

/** As `useTestDatabase`, but the file is alone in its database: for what looks at all rows, or at what the platform is. */
export function useOwnDatabase() {
  let drop = async () => {}
  beforeAll(async () => {
    const database = await createTestDatabase()
    drop = database.drop
    await use(database.url)
  })
  afterAll(async () => {
    await disconnect()
    await drop()
  })
}
