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

/** A database of its own, with the schema and no rows; owned by the role of the address, as in production. */
export async function createTestDatabase({
  migrated = true,
} = {}): Promise<{ url: string; drop: () => Promise<void> }> {
  const url = new URL(inject('postgres').url)
  const template = migrated ? `TEMPLATE ${url.pathname.slice(1)}` : ''
  const name = `test_${randomBytes(6).toString('hex')}`
  await asSuperuser(`CREATE DATABASE ${name} OWNER ${url.username} ${template}`)
  // Nobody needs these rows after a crash, and half the time of the tests was waiting for the disk.
  await asSuperuser(`ALTER DATABASE ${name} SET synchronous_commit = off`)
  url.pathname = name
  return { url: url.href, drop: () => asSuperuser(`DROP DATABASE ${name} WITH (FORCE)`) }
}

/** Gives the test file a database of its own, which `prisma()` and `pool()` use. Call it at the top of the file. */
export function useTestDatabase() {
  let drop = async () => {}
  beforeAll(async () => {
    const database = await createTestDatabase()
    drop = database.drop
    const authSecret = 'a-secret-of-the-tests-that-is-long-enough'
    setRuntime({ databaseUrl: database.url, authSecret, appUrl: 'http://localhost:3000', requireHttps: false })
  })
  afterAll(async () => {
    await disconnect()
    await drop()
  })
}
