import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

const FOLDER = 'prisma/migrations'

export type MigrationFile = { name: string; sql: string }

/** The migrations of this version, oldest first. */
export async function migrationFiles(): Promise<MigrationFile[]> {
  const entries = await readdir(FOLDER, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  return Promise.all(
    names.sort().map(async (name) => ({ name, sql: await readFile(join(FOLDER, name, 'migration.sql'), 'utf8') })),
  )
}

type Query = (sql: string) => Promise<{ rows: { name: string | null }[] }>

/** The names of the migrations that the database has had, whole. */
export async function appliedMigrations(query: Query): Promise<Set<string>> {
  const { rows: tables } = await query(`SELECT to_regclass('_prisma_migrations')::text AS name`)
  if (!tables[0]?.name) return new Set()
  const { rows } = await query(
    `SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  )
  return new Set(rows.flatMap(({ name }) => name ?? []))
}
