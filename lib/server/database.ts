import { randomBytes } from 'node:crypto'
import { env } from '@/lib/env'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@/lib/server/embedded-postgres'
import { keptAuthSecret } from '@/lib/server/postgres/data-folder'
import type { Role } from '@/lib/server/postgres/lease'
import { StartError } from '@/lib/server/start-error'

export type OpenDatabase = {
  url: string
  /** Of a role that may change the schema. */
  migrationUrl: string
  authSecret: string
  /** Null where DATABASE_URL names a database. */
  embedded: EmbeddedPostgres | null
}

type Options = { role: Role; onEvent?: Parameters<typeof startEmbeddedPostgres>[0]['onEvent'] }

/**
 * The database that the environment names, or else the embedded one.
 * @throws StartError
 */
export async function openDatabase({ role, onEvent }: Options): Promise<OpenDatabase> {
  const { DATABASE_URL, MIGRATION_DATABASE_URL, AUTH_SECRET, DATA_DIR } = env
  if (!DATABASE_URL) {
    const embedded = await startEmbeddedPostgres({ dataDir: DATA_DIR, role, onEvent })
    const authSecret = AUTH_SECRET ?? (await keptAuthSecret(embedded.folder))
    return { url: embedded.url, migrationUrl: embedded.url, authSecret, embedded }
  }
  if (!AUTH_SECRET && role === 'server') {
    throw new StartError(
      'AUTH_SECRET: needed where DATABASE_URL is set, the same for all processes on it. ' +
        'Example: AUTH_SECRET=$(openssl rand -base64 32)',
    )
  }
  // A command signs nothing that outlives it.
  const authSecret = AUTH_SECRET ?? randomBytes(32).toString('base64url')
  return { url: DATABASE_URL, migrationUrl: MIGRATION_DATABASE_URL ?? DATABASE_URL, authSecret, embedded: null }
}
