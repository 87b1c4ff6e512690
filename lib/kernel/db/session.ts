import pg from 'pg'
import { CONNECT_MS, HOLD_MS, LOCK_MS } from '@/lib/kernel/db/time-limits'

/**
 * Every parameter of a session that can change what a statement of ours means, returns or promises, with the value that
 * the product is written for. `ALTER DATABASE` and `ALTER ROLE` can set each of them otherwise.
 */
export const SESSION = {
  // What values look like. Prisma writes instants without a zone, and reads them without looking at it.
  TimeZone: 'UTC',
  timezone_abbreviations: 'Default',
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  client_encoding: 'UTF8',
  bytea_output: 'hex',
  extra_float_digits: '1',
  quote_all_identifiers: 'off',

  // What statements mean.
  search_path: 'public',
  standard_conforming_strings: 'on',
  backslash_quote: 'safe_encoding',
  array_nulls: 'on',
  transform_null_equals: 'off',
  row_security: 'on',
  // Above 0 a search by a trigram index leaves out rows at random.
  gin_fuzzy_search_limit: '0',

  // What transactions promise. A reply must outlive a crash of Postgres.
  default_transaction_isolation: 'read committed',
  default_transaction_deferrable: 'off',
  synchronous_commit: 'on',

  // How long a connection lives: it is kept, and a refused statement does not end it.
  idle_session_timeout: '0',
  transaction_timeout: '0',
  exit_on_error: 'off',

  // The statement that decides requests is planned once; compiling it would cost more than it does.
  plan_cache_mode: 'auto',
  jit: 'off',
  // Starting another process takes longer than a page does, and takes it from everybody.
  max_parallel_workers_per_gather: '0',
} as const

/** How long a request may keep the database, in milliseconds: a statement, a wait for a lock, a pause in a transaction. */
export const LIMITS = {
  statement_timeout: String(HOLD_MS),
  lock_timeout: String(LOCK_MS),
  idle_in_transaction_session_timeout: '15000',
} as const

/** The driver knows a limit for one statement; its types do not. The pool's own has ended when `onConnect` runs. */
type Timed = pg.QueryConfig & { query_timeout: number }

/** Some parameters are younger than Postgres 15: where one is not known there is nothing to set. */
function setting(settings: Record<string, string>): Timed {
  const rows = Object.entries(settings).map(([name, value]) => `('${name}', '${value}')`)
  const text = `SELECT pg_catalog.set_config(name, value, false) FROM (VALUES ${rows.join(', ')}) AS wanted (name, value)
                WHERE pg_catalog.current_setting(name, true) IS NOT NULL`
  return { text, query_timeout: CONNECT_MS }
}

const EVERYTHING = setting({ ...SESSION, ...LIMITS })

/**
 * Sets the session of a new connection. The `onConnect` of every pool. What may take longer than a request lifts the
 * limits for its own transaction.
 */
export async function fixSession(client: pg.ClientBase): Promise<void> {
  await client.query(EVERYTHING)
}

/** Opens a connection of its own. It is closed again when its session cannot be set. */
export async function openClient(config: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(config)
  // Without a listener a connection that breaks while it is idle would end the process; the next statement tells.
  client.on('error', () => {})
  await client.connect()
  try {
    await fixSession(client)
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
  return client
}

/**
 * A statement that lifts the limits until the end of its transaction. Never `SET` without `LOCAL`: behind a pooler the
 * next transaction on that connection may be a request's.
 */
export const LIFT_LIMITS = `SELECT ${Object.keys(LIMITS)
  .map((name) => `pg_catalog.set_config('${name}', '0', true)`)
  .join(', ')}`
