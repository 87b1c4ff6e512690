import { describe, expect, test } from 'vitest'
import { pool } from '@/lib/kernel/db/client'
import { LIMITS } from '@/lib/kernel/db/session'
import { migrate } from '@/lib/server/migrations/migrate'
import { migrationFiles } from '@/lib/server/migrations/migration-files'
import { settleSession } from '@/lib/server/start/settle-session'
import { createTestDatabase, useOwnDatabase } from '@/lib/testing/database'
import { describeKeyPaths } from '@/lib/testing/key-paths'
import { startPgBouncer } from '@/lib/testing/postgres/pgbouncer'

/** A hostile database behind a pooler that hands each transaction to another connection. */
useOwnDatabase({
  hostile: true,
  async through(url) {
    const bouncer = await startPgBouncer(url)
    await settleSession(bouncer.url)
    return bouncer
  },
})

describe('behind PgBouncer in transaction mode', () => {
  test('every connection of the pooler has the limits of a request', async () => {
    const asked = Array.from({ length: 16 }, () =>
      pool().query<{ setting: string }>(
        `SELECT setting, pg_sleep(0.05) FROM pg_settings WHERE name = ANY ($1) ORDER BY array_position($1, name)`,
        [Object.keys(LIMITS)],
      ),
    )
    const limits = new Set((await Promise.all(asked)).map(({ rows }) => rows.map(({ setting }) => setting).join()))
    expect([...limits]).toEqual([Object.values(LIMITS).join()])
  })

  test('starts that come at once set an empty database up, and later ones find nothing left to do', async () => {
    const database = await createTestDatabase({ migrated: false, hostile: true })
    const bouncer = await startPgBouncer(database.url)
    const start = async () => {
      await settleSession(bouncer.url)
      return migrate(bouncer.url)
    }
    const names = (await migrationFiles()).map(({ name }) => name)
    expect((await Promise.all([start(), start(), start()])).flat().sort()).toEqual(names)
    expect(await start()).toEqual([])
    await bouncer.stop()
    await database.drop()
  })

  describeKeyPaths()
})
