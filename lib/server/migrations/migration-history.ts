import { createHash } from 'node:crypto'
import type pg from 'pg'
import { z } from 'zod'
import type { MigrationFile } from '@/lib/server/migrations/migration-files'

const row = z.object({ name: z.string(), checksum: z.string(), finished: z.boolean(), reason: z.string().nullable() })

/** A migration that the database has begun, and not taken back. */
export type Begun = z.output<typeof row>

/** What the database tells of its migrations; none before the first. */
export async function migrationHistory(client: pg.Client): Promise<Begun[]> {
  const { rows: tables } = await client.query(`SELECT FROM pg_class WHERE oid = to_regclass('_prisma_migrations')`)
  if (tables.length === 0) return []
  const { rows } = await client.query(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished, logs AS reason
     FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  )
  return z.array(row).parse(rows)
}

// A checkout may have changed the ends of the lines, which says nothing about the migration.
const digests = (sql: string) =>
  [sql, sql.replaceAll('\r\n', '\n'), sql.replaceAll(/\r?\n/g, '\r\n')].map((text) =>
    createHash('sha256').update(text).digest('hex'),
  )

/** Marks what was cut off as taken back: a migration is one transaction, so nothing is left of it. */
const TAKE_BACK = `UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL`

/** Forgets an attempt that Postgres has undone, so that the next start makes it again. */
export const takeBack = (client: pg.Client) => client.query(TAKE_BACK)

/** Why no migration may be applied after this history, with the remedy; null when all is well. */
export function whyUnsound(history: readonly Begun[], files: readonly MigrationFile[]): string | null {
  for (const { name, checksum, finished } of history) {
    if (!finished)
      return `The migration ${name} was cut off before. If its changes are not there, let the owner of the database run this, and start again: ${TAKE_BACK}`
    const file = files.find((one) => one.name === name)
    // A newer version's, which leaves this one what it uses.
    if (!file) continue
    if (!digests(file.sql).includes(checksum))
      return `prisma/migrations/${name} is not what was applied to this database. Restore that file, and write changes as a new migration.`
  }
  return null
}
