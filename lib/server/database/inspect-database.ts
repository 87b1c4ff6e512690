import { z } from 'zod'
import { type DatabaseConnection, withConnection } from '@/lib/server/database/connect'
import { StartError } from '@/lib/server/process/start-error'

/** The oldest major version that every statement of ours runs on. */
const OLDEST = 15

const facts = z.object({
  version: z.int(),
  version_name: z.string(),
  encoding: z.string(),
  standby: z.boolean(),
  read_only: z.boolean(),
  role: z.string(),
  /** Tells one database of one server from every other. */
  identity: z.string(),
})

export type DatabaseFacts = z.output<typeof facts>

const FACTS = `
  SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS version_name,
         current_setting('server_encoding') AS encoding, pg_is_in_recovery() AS standby,
         current_setting('default_transaction_read_only')::bool AS read_only, current_user::text AS role,
         oid::text || ' ' || pg_postmaster_start_time()::text AS identity
  FROM pg_database WHERE datname = current_database()`

/**
 * Why the product cannot run on such a database, with the remedy; null when it can.
 * @param name of the database, as the variable has it
 */
export function whyUnfit(found: DatabaseFacts, name: string): string | null {
  if (found.version < OLDEST * 10_000)
    return `Postgres ${OLDEST} or newer is needed; this one is ${found.version_name}. Upgrade it, or name another.`
  if (found.encoding !== 'UTF8')
    return `The database ${name} is encoded in ${found.encoding}. Make one in UTF8: createdb -T template0 -E UTF8 …`
  if (found.standby) return `The database ${name} is a standby, which cannot be written to. Name the primary.`
  if (found.read_only)
    return `The database ${name} is read-only (default_transaction_read_only). Reset that for the database and its role.`
  return null
}

async function inspect({ client, target }: DatabaseConnection): Promise<DatabaseFacts> {
  const { rows } = await client.query(FACTS)
  const found = facts.parse(rows[0])
  const unfit = whyUnfit(found, target.database)
  if (unfit) throw new StartError(`${target.variable}: ${unfit}`)
  return found
}

/**
 * Connects, and looks whether the product can run there.
 * @param variable that names the database
 * @throws StartError in one sentence
 */
export const inspectDatabase = (url: string, variable: string): Promise<DatabaseFacts> =>
  withConnection(url, variable, inspect)
