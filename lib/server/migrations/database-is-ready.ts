import { pool } from '@/lib/kernel/db/client'
import { appliedMigrations, migrationFiles } from '@/lib/server/migrations/migration-files'

/**
 * A write that alters nothing: refused in a read-only session and in a standby, and where no transaction is given a number
 * any more. It leaves no row behind, however often it is asked.
 */
const PROVE_A_WRITE = `
  WITH none AS (DELETE FROM setup_tokens WHERE false RETURNING 1) SELECT pg_current_xact_id()::text, count(*) FROM none`

/** Whether the database takes writes and has had every migration of this version. Throws when it does not answer. */
export async function databaseIsReady(): Promise<boolean> {
  const applied = await appliedMigrations((sql) => pool().query(sql))
  await pool().query(PROVE_A_WRITE)
  return (await migrationFiles()).every(({ name }) => applied.has(name))
}
