import { readFile } from 'node:fs/promises'
import type pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openClient } from '@/lib/kernel/db/session'
import { MIGRATING, migrate } from '@/lib/server/migrations/migrate'
import { migrationFiles } from '@/lib/server/migrations/migration-files'
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

  test('wait while another process migrates, and say so', async () => {
    const other = await openClient({ connectionString: database.url })
    await other.query('SELECT pg_advisory_lock($1)', [MIGRATING])
    const told = await new Promise((tell) => {
      const waiting = migrate(database.url, { progress: tell }).then(() => 'It did not wait.')
      void waiting.then(tell)
    })
    await other.end()
    expect(told).toBe('waiting for another process, which migrates')
    expect(await migrate(database.url)).toEqual([])
  })

  test('keeps rate windows out of the write-ahead log', async () => {
    const client = await openClient({ connectionString: database.url })
    const { rows } = await client.query(`SELECT relpersistence FROM pg_class WHERE relname = 'rate_windows'`)
    await client.end()
    expect(rows).toEqual([{ relpersistence: 'u' }])
  })

  test('says which database cannot be reached', async () => {
    await expect(migrate('postgresql://nobody@127.0.0.1:1/none')).rejects.toThrow(
      /^Nothing listens on 127\.0\.0\.1:1\./,
    )
  })

  test('lead to the schema', async () => {
    expect(await readFile('prisma/migrations/schema.prisma', 'utf8')).toBe(
      await readFile('prisma/schema.prisma', 'utf8'),
    )
  })
})

describe('a start on a database that is not as this version left it', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>
  let client: pg.Client
  beforeEach(async () => {
    database = await createTestDatabase({ migrated: false })
    client = await openClient({ connectionString: database.url })
  })
  afterEach(async () => {
    await client.end()
    await database.drop()
  })

  test('applies nothing beside tables of others, and says so', async () => {
    await client.query('CREATE TABLE theirs (n int)')
    await expect(migrate(database.url)).rejects.toThrow(/holds other tables\. Make one for Latchkey alone \(createdb\)/)
    const { rows } = await client.query(`SELECT to_regclass('users') AS users`)
    expect(rows).toEqual([{ users: null }])
  })

  test('leaves nothing of a migration that fails, says why, and makes it at the next start', async () => {
    await client.query('CREATE TYPE plan AS ENUM ()')
    const failed = migrate(database.url)
    await expect(failed).rejects.toThrow(
      /^The migration \w+_first failed, and left nothing behind: type "plan" already exists\. Mend that, then start again\.$/,
    )
    await client.query('DROP TYPE plan')
    expect(await migrate(database.url)).toHaveLength((await migrationFiles()).length)
  })

  test('goes on where a newer version has migrated, and says so', async () => {
    await migrate(database.url)
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
       VALUES ('1', 'x', '29990101000000_later', now())`,
    )
    const told: string[] = []
    expect(await migrate(database.url, { progress: (text) => told.push(text) })).toEqual([])
    expect(told).toEqual(['1 newer than this version'])
  })

  test.each([
    [
      'goes on from no edited one',
      `UPDATE _prisma_migrations SET checksum = 'x' WHERE migration_name LIKE '%_usage'`,
      /^prisma\/migrations\/\w+_usage is not what was applied to this database\. Restore that file/,
    ],
    [
      'goes on from none that was cut off',
      `UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name LIKE '%_usage'`,
      /_usage was cut off before\. .* start again: UPDATE _prisma_migrations SET rolled_back_at = now\(\) WHERE/,
    ],
  ])('%s', async (_, sql, sentence) => {
    await migrate(database.url)
    await client.query(sql)
    await expect(migrate(database.url)).rejects.toThrow(sentence)
  })
})
