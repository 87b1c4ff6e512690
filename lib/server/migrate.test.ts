import { readFile } from 'node:fs/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrate } from '@/lib/server/migrate'
import { migrationFiles } from '@/lib/server/migration-files'
import { createTestDatabase } from '@/lib/testing/database'

describe('migrations', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>
  beforeAll(async () => {
    database = await createTestDatabase({ migrated: false })
  })
  afterAll(() => database.drop())

  test('applies every migration once when two processes migrate at once', async () => {
    const names = (await migrationFiles()).map(({ name }) => name)
    const applied = await Promise.all([migrate(database.url), migrate(database.url), migrate(database.url)])
    expect(applied.flat().sort()).toEqual(names)
  })

  test('does nothing on a database that is current', async () => {
    expect(await migrate(database.url)).toEqual([])
  })

  test('keeps rate windows out of the write-ahead log', async () => {
    const client = new pg.Client(database.url)
    await client.connect()
    const { rows } = await client.query(`SELECT relpersistence FROM pg_class WHERE relname = 'rate_windows'`)
    await client.end()
    expect(rows).toEqual([{ relpersistence: 'u' }])
  })

  test('says which database cannot be reached', async () => {
    await expect(migrate('postgresql://nobody@127.0.0.1:1/none')).rejects.toThrow(/127\.0\.0\.1:1 cannot be reached/)
  })

  test('lead to the schema', async () => {
    expect(await readFile('prisma/migrations/schema.prisma', 'utf8')).toBe(
      await readFile('prisma/schema.prisma', 'utf8'),
    )
  })
})
