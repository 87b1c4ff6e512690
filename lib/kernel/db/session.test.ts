import { expect, test } from 'vitest'
import { runtime } from '@/lib/base/node/runtime'
import { pool, prisma } from '@/lib/kernel/db/client'
import { lanes } from '@/lib/kernel/db/lanes'
import { LIMITS, openClient, SESSION } from '@/lib/kernel/db/session'
import { type Database, inBulkTransaction } from '@/lib/kernel/db/transaction'
import { useOwnDatabase } from '@/lib/testing/database'

useOwnDatabase({ hostile: true })

const SETTINGS = `SELECT name, setting AS value FROM pg_settings WHERE name = ANY ($1)`

type Ask = { query: (sql: string, values: unknown[]) => Promise<{ rows: { name: string; value: string }[] }> }

/** What the session has of `wanted`, without those that this Postgres does not know. */
async function compare(session: Ask, wanted: Record<string, string>) {
  const { rows } = await session.query(SETTINGS, [Object.keys(wanted)])
  const found = Object.fromEntries(rows.map(({ name, value }) => [name, value]))
  expect(Object.keys(found).length).toBeGreaterThanOrEqual(Object.keys(wanted).length - 1)
  expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, wanted[name]])))
}

test.each([
  ['the pool', pool],
  ['the lanes', lanes],
])('a connection of %s has no default of the database', async (_, connections) => {
  await compare(connections(), { ...SESSION, ...LIMITS })
})

test('neither has one of its own', async () => {
  const client = await openClient({ connectionString: runtime().databaseUrl })
  await compare(client, { ...SESSION, ...LIMITS })
  await client.end()
})

test('an instant is read and written as the same one', async () => {
  const instant = new Date('2026-07-01T12:34:56.789Z')
  const user = await prisma().user.create({
    data: { email: 'ada@example.com', name: 'Ada', created_at: instant },
    select: { created_at: true },
  })
  expect(user.created_at).toEqual(instant)
  const { rows } = await pool().query(`SELECT created_at, extract(epoch FROM created_at)::float AS epoch FROM users`)
  expect(rows).toEqual([{ created_at: instant, epoch: instant.getTime() / 1000 }])
})

test('bulk work has no limits, and a request has them', async () => {
  const limitsOf = async (db: Database) =>
    (
      await db.$queryRaw<{ value: string }[]>`
      SELECT current_setting(name) AS value FROM unnest(${Object.keys(LIMITS)}::text[]) AS name`
    ).map(({ value }) => value)
  expect(await inBulkTransaction(limitsOf)).toEqual(['0', '0', '0'])
  expect(await limitsOf(prisma())).toEqual(['8s', '5s', '15s'])
})
