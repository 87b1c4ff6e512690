import { pool } from '@/lib/db/client'
import { appliedMigrations, migrationFiles } from '@/lib/server/migration-files'

/** Whether the database has had every migration of this version. Throws when it cannot be asked. */
export async function migrationsAreCurrent(): Promise<boolean> {
  const applied = await appliedMigrations((sql) => pool().query(sql))
  return (await migrationFiles()).every(({ name }) => applied.has(name))
}
