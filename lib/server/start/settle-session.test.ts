import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest'
import { LIMITS, openClient, SESSION } from '@/lib/kernel/db/session'
import { settleSession } from '@/lib/server/start/settle-session'
import { createTestDatabase } from '@/lib/testing/database'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let name = ''

beforeEach(async () => {
  database = await createTestDatabase({ migrated: false, hostile: true })
  name = new URL(database.url).pathname.slice(1)
})
afterEach(() => database.drop())

async function asSuperuser(sql: string) {
  const client = await openClient({ connectionString: inject('postgres').adminUrl })
  await client.query(sql).finally(() => client.end())
}

/** What a session of the role begins with, as behind a pooler. */
async function defaultsOf(url: string): Promise<Record<string, string>> {
  const client = await openClient({ connectionString: url })
  const { rows } = await client.query<{ name: string; reset_val: string }>('SELECT name, reset_val FROM pg_settings')
  await client.end()
  return Object.fromEntries(rows.map((row) => [row.name, row.reset_val]))
}

const CARRIED = ['TimeZone', 'DateStyle', 'client_encoding', 'standard_conforming_strings']

async function expectSettled(url: string) {
  const defaults = await defaultsOf(url)
  for (const [setting, value] of Object.entries({ ...SESSION, ...LIMITS })) {
    if (!CARRIED.includes(setting) && setting in defaults)
      expect([setting, defaults[setting]]).toEqual([setting, value])
  }
}

describe('settling', () => {
  test('makes every session of the role begin with what the product is written for', async () => {
    await settleSession(database.url)
    await expectSettled(database.url)
  })

  test('does so where several processes start at once', async () => {
    await Promise.all(Array.from({ length: 4 }, () => settleSession(database.url)))
    await expectSettled(database.url)
  })

  test('does so for a role that owns nothing in the database', async () => {
    const role = `guest_of_${name}`
    await asSuperuser(`CREATE ROLE ${role} LOGIN PASSWORD 'guest'`)
    const url = Object.assign(new URL(database.url), { username: role, password: 'guest' }).href
    await settleSession(url)
    await expectSettled(url)
    await asSuperuser(`DROP ROLE ${role}`)
  })

  test.each([
    ['session_replication_role', 'replica', 'origin'],
    ['default_transaction_read_only', 'on', 'off'],
  ])('refuses a database whose %s is %s, and says what to do', async (setting, wrong, right) => {
    await asSuperuser(`ALTER DATABASE ${name} SET ${setting} = ${pg.escapeLiteral(wrong)}`)
    await expect(settleSession(database.url)).rejects.toThrow(
      `The database must have ${setting} = ${right}: ALTER DATABASE "${name}" SET ${setting} = ${right}`,
    )
  })
})
