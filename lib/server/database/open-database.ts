import { randomBytes } from 'node:crypto'
import { env } from '@/lib/base/node/env'
import { explain } from '@/lib/server/database/explain-failure'
import { inspectDatabase } from '@/lib/server/database/inspect-database'
import { keptAuthSecret } from '@/lib/server/postgres/data-folder'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@/lib/server/postgres/embedded-postgres'
import type { LeaseRole } from '@/lib/server/postgres/lease'
import { StartError } from '@/lib/server/process/start-error'

export type OpenDatabase = {
  url: string
  /** What migrates: the address of a role that may change the schema, the variable that has it, and what runs later. */
  owner: { url: string; variable: string; role: string }
  /** Of Postgres, as it tells it. */
  version: string
  authSecret: string
  /** Null where DATABASE_URL names a database. */
  embedded: EmbeddedPostgres | null
}

type Options = { role: LeaseRole; onEvent?: Parameters<typeof startEmbeddedPostgres>[0]['onEvent'] }

/**
 * The database that the environment names, or else the embedded one; both of its addresses have been tried.
 * @throws StartError in one sentence
 */
export async function openDatabase({ role, onEvent }: Options): Promise<OpenDatabase> {
  try {
    return env.DATABASE_URL ? await openNamed(env.DATABASE_URL, role) : await openEmbedded({ role, onEvent })
  } catch (error) {
    throw explain(error)
  }
}

async function openEmbedded({ role, onEvent }: Options): Promise<OpenDatabase> {
  const embedded = await startEmbeddedPostgres({ dataDir: env.DATA_DIR, role, onEvent })
  try {
    const { url } = embedded
    const authSecret = env.AUTH_SECRET ?? (await keptAuthSecret(embedded.folder))
    const found = await inspectDatabase(url, 'DATA_DIR')
    const owner = { url, variable: 'DATA_DIR', role: found.role }
    return { url, owner, version: found.version_name, authSecret, embedded }
  } catch (error) {
    await embedded.stop()
    throw error
  }
}

async function openNamed(url: string, role: LeaseRole): Promise<OpenDatabase> {
  const { MIGRATION_DATABASE_URL, AUTH_SECRET } = env
  if (!AUTH_SECRET && role === 'server') {
    throw new StartError(
      'AUTH_SECRET: needed where DATABASE_URL is set, the same for all processes on it. ' +
        'Example: AUTH_SECRET=$(openssl rand -base64 32)',
    )
  }
  // A command signs nothing that outlives it.
  const authSecret = AUTH_SECRET ?? randomBytes(32).toString('base64url')
  const found = await inspectDatabase(url, 'DATABASE_URL')
  const version = found.version_name
  if (!MIGRATION_DATABASE_URL) {
    const owner = { url, variable: 'DATABASE_URL', role: found.role }
    return { url, owner, version, authSecret, embedded: null }
  }
  const owned = await inspectDatabase(MIGRATION_DATABASE_URL, 'MIGRATION_DATABASE_URL')
  if (owned.identity !== found.identity) {
    throw new StartError('DATABASE_URL and MIGRATION_DATABASE_URL lead to different databases. Name one in both.')
  }
  const owner = { url: MIGRATION_DATABASE_URL, variable: 'MIGRATION_DATABASE_URL', role: found.role }
  return { url, owner, version, authSecret, embedded: null }
}
