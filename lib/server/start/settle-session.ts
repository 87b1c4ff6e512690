import pg from 'pg'
import { LIMITS, SESSION } from '@/lib/kernel/db/session'
import { withConnection } from '@/lib/server/database/connect'
import { codeOf, StartError } from '@/lib/server/process/start-error'

/**
 * What is set on connecting reaches every session of ours, but not behind a pooler: PgBouncer in transaction mode hands
 * the transactions of a client to any of its own connections, and carries these parameters along and no other.
 */
const CARRIED = ['TimeZone', 'DateStyle', 'client_encoding', 'standard_conforming_strings']

/** The others are made the defaults of our role in this database, with which each connection begins. */
const DEFAULTS = Object.fromEntries(
  Object.entries({ ...SESSION, ...LIMITS }).filter(([name]) => !CARRIED.includes(name)),
)

/**
 * What our role may not set, or what somebody set for a reason: a database is made read only while its disk is full or
 * while it is being moved. These are asked for, never set.
 */
const DEMANDS = { session_replication_role: 'origin', default_transaction_read_only: 'off' }

/** More than a pooler may hold for one role. */
const MOST_SESSIONS = 100

/** Of every process that settles: two that alter one role at once fail. */
const LOCK = 0x6c6174636b73

type Difference = { name: string; value: string }

/** `reset_val` is what the session began with, whatever has been set since. */
async function differences(client: pg.Client, wanted: Record<string, string>): Promise<Difference[]> {
  const { rows } = await client.query<Difference>(
    `SELECT name, wanted.value FROM pg_catalog.json_each_text($1) AS wanted (name, value)
     JOIN pg_catalog.pg_settings USING (name) WHERE reset_val <> wanted.value ORDER BY name`,
    [JSON.stringify(wanted)],
  )
  return rows
}

async function nameOf(client: pg.Client) {
  const { rows } = await client.query<{ role: string; database: string }>(
    'SELECT session_user AS role, current_database() AS database',
  )
  const [{ role, database } = { role: '', database: '' }] = rows
  return { role: pg.escapeIdentifier(role), database: pg.escapeIdentifier(database) }
}

/** A role may set its own defaults; it needs neither the owner of the schema nor a superuser. */
async function setDefaults(client: pg.Client, different: Difference[]) {
  const { role, database } = await nameOf(client)
  const statements = different.map(
    ({ name, value }) => `ALTER ROLE ${role} IN DATABASE ${database} SET ${name} = ${pg.escapeLiteral(value)}`,
  )
  try {
    await client.query(['BEGIN', `SELECT pg_advisory_xact_lock(${LOCK})`, ...statements, 'COMMIT'].join('; '))
  } catch (error) {
    if (codeOf(error) !== '42501') throw error
    throw new StartError(`The role ${role} may not set its own defaults. As a superuser: ${statements.join('; ')};`)
  }
  // This session began with the old defaults. Ended here, a pooler cannot hand it to anybody.
  await client.query('SELECT pg_terminate_backend(pg_backend_pid())').catch(() => {})
}

async function demand(client: pg.Client) {
  const [first] = await differences(client, DEMANDS)
  if (!first) return
  const { role, database } = await nameOf(client)
  throw new StartError(
    `The database must have ${first.name} = ${first.value}: ALTER DATABASE ${database} SET ${first.name} = ${first.value}, ` +
      `or where the role has its own, ALTER ROLE ${role} IN DATABASE ${database} RESET ${first.name}.`,
  )
}

/** @returns the names of the defaults that the session began without; they are set, and it is ended */
const settleOne = (url: string): Promise<string[]> =>
  withConnection(url, 'DATABASE_URL', async ({ client }) => {
    await demand(client)
    const different = await differences(client, DEFAULTS)
    if (different.length > 0) await setDefaults(client, different)
    return different.map(({ name }) => name)
  })

/**
 * Makes every session of the application's role begin with the settings that the product is written for, and proves it
 * by a session that does. Those that a pooler holds from before are met on the way, and ended one by one.
 * @param url of the application's role, by the way that the application takes
 * @throws StartError when the database keeps others
 */
export async function settleSession(url: string): Promise<void> {
  let missing: string[] = []
  for (let sessions = 0; sessions < MOST_SESSIONS; sessions += 1) {
    missing = await settleOne(url)
    if (missing.length === 0) return
  }
  throw new StartError(
    `Sessions of the role of DATABASE_URL begin with other values of ${missing.join(', ')} than were set for it: ` +
      'send RECONNECT to the console of the pooler (PgBouncer), or restart it, then start again.',
  )
}
