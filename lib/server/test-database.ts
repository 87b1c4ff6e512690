import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, inject } from 'vitest'
import { disconnect } from '@/lib/db/client'
import { openClient } from '@/lib/db/session'
import { setRuntime } from '@/lib/runtime'
import { migrate } from '@/lib/server/migrate'
import { HOSTILE_LOCALE, hostileDefaults } from '@/lib/testing/hostile-settings'

async function asSuperuser(...statements: string[]) {
  const client = await openClient({ connectionString: inject('postgres').adminUrl })
  try {
    for (const sql of statements) await client.query(sql)
  } finally {
    await client.end()
  }
}

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
    ...(options.hostile ? hostileDefaults(`DATABASE ${name}`) : []),
  )
  url.pathname = name
  if (options.hostile && options.migrated !== false) await migrate(url.href)
  return { url: url.href, drop: () => asSuperuser(`DROP DATABASE ${name} WITH (FORCE)`) }
}

type Way = { url: string; stop: () => Promise<void> }

/**
 * Gives the test file a database of its own, which `prisma()` and `pool()` use. Call it at the top of the file.
 * @param options.through opens another way to it, such as a pooler
 */
export function useTestDatabase(options: { hostile?: true; through?: (url: string) => Promise<Way> } = {}) {
  let drop = async () => {}
  let way: Way | undefined
  beforeAll(async () => {
    const database = await createTestDatabase(options)
    drop = database.drop
    way = await options.through?.(database.url)
    const authSecret = 'a-secret-of-the-tests-that-is-long-enough'
    setRuntime({
      databaseUrl: way?.url ?? database.url,
      authSecret,
      appUrl: 'http://localhost:3000',
      requireHttps: false,
    })
  })
  afterAll(async () => {
    await disconnect()
    await way?.stop()
    await drop()
  })
}
