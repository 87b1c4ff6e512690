import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, inject } from 'vitest'
import { disconnect } from '@/lib/db/client'
import { openClient } from '@/lib/db/session'
import { setRuntime } from '@/lib/runtime'
import { migrate } from '@/lib/server/migrate'
import { HOSTILE_SETTINGS } from '@/lib/testing/hostile-settings'

async function asSuperuser(...statements: string[]) {
  const client = await openClient({ connectionString: inject('postgres').adminUrl })
  try {
    for (const sql of statements) await client.query(sql)
  } finally {
    await client.end()
  }
}

/** A locale that knows no letter beyond ASCII, with its own defaults for everything. */
const hostile = (name: string) =>
  Object.entries(HOSTILE_SETTINGS).map(
    ([setting, value]) => `ALTER DATABASE ${name} SET ${setting} = ${pg.escapeLiteral(value)}`,
  )
const HOSTILE_LOCALE = `TEMPLATE template0 LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'`

type TestDatabase = { url: string; drop: () => Promise<void> }

/**
 * A database of its own, with the schema and no rows; owned by the role of the address, as in production.
 * @param options.migrated false: without the schema
 * @param options.hostile with a locale and defaults that nothing may depend on
 */
export async function createTestDatabase(options: { migrated?: false; hostile?: true } = {}): Promise<TestDatabase> {
  const url = new URL(inject('postgres').url)
  const copied = options.migrated ?? !options.hostile
  const template = copied ? `TEMPLATE ${url.pathname.slice(1)}` : options.hostile ? HOSTILE_LOCALE : ''
  const name = `test_${randomBytes(6).toString('hex')}`
  await asSuperuser(
    `CREATE DATABASE ${name} OWNER ${url.username} ${template}`,
    ...(options.hostile ? hostile(name) : []),
  )
  url.pathname = name
  if (options.hostile && options.migrated !== false) await migrate(url.href)
  return { url: url.href, drop: () => asSuperuser(`DROP DATABASE ${name} WITH (FORCE)`) }
}

/** Gives the test file a database of its own, which `prisma()` and `pool()` use. Call it at the top of the file. */
export function useTestDatabase(options: { hostile?: true } = {}) {
  let drop = async () => {}
  beforeAll(async () => {
    const database = await createTestDatabase(options)
    drop = database.drop
    const authSecret = 'a-secret-of-the-tests-that-is-long-enough'
    setRuntime({ databaseUrl: database.url, authSecret, appUrl: 'http://localhost:3000', requireHttps: false })
  })
  afterAll(async () => {
    await disconnect()
    await drop()
  })
}
