import type pg from 'pg'
import { LIFT_LIMITS } from '@/lib/db/session'
import { connectToDatabase } from '@/lib/server/connect-to-database'
import { appliedMigrations, type MigrationFile, migrationFiles } from '@/lib/server/migration-files'
import { migrationList, NO_FILTERS, withSchemaEngine } from '@/lib/server/schema-engine'
import { StartError } from '@/lib/server/start-error'

/** Of every process that migrates; the engine has a lock of its own, but waits for it only ten seconds. */
const LOCK = 0x6c6174636879

const OLDEST = 15

/**
 * Applies the migrations that the database lacks. Processes that start together take turns: the second finds nothing
 * left to do.
 * @param url of a role that may change the schema
 * @returns the names of those applied now
 */
export async function migrate(url: string): Promise<string[]> {
  const files = await migrationFiles()
  const client = await connectToDatabase(url, 'latchkey migrations')
  try {
    await requireFloor(client)
    // The lock is the transaction's: behind a pooler a session's would outlive this connection.
    await client.query(`BEGIN; ${LIFT_LIMITS}`)
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK])
    if ((await missing(client, files)).length === 0) return []
    return await apply(url, files)
  } finally {
    await client.end()
  }
}

async function requireFloor(client: pg.Client) {
  const { rows } = await client.query<{ version: number; encoding: string }>(
    `SELECT current_setting('server_version_num')::int AS version, current_setting('server_encoding') AS encoding`,
  )
  const [{ version, encoding } = { version: 0, encoding: '' }] = rows
  if (version < OLDEST * 10_000)
    throw new StartError(`Postgres ${OLDEST} or newer is needed; this one is ${Math.floor(version / 10_000)}.`)
  if (encoding !== 'UTF8') throw new StartError(`The database must be in UTF8; this one is in ${encoding}.`)
}

/** Loading the engine takes longer than everything else at start, so it is asked only when something is missing. */
async function missing(client: pg.Client, files: MigrationFile[]): Promise<string[]> {
  const applied = await appliedMigrations((sql) => client.query(sql))
  return files.map(({ name }) => name).filter((name) => !applied.has(name))
}

async function apply(url: string, files: MigrationFile[]): Promise<string[]> {
  try {
    const { appliedMigrationNames } = await withSchemaEngine(url, (engine) =>
      engine.applyMigrations({ migrationsList: migrationList(files), filters: NO_FILTERS }),
    )
    return appliedMigrationNames
  } catch (error) {
    throw new StartError(
      `The migrations could not be applied.\n${error instanceof Error ? error.message : String(error)}`,
    )
  }
}
