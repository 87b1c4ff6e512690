import pg from 'pg'

/** Defaults that a database or a role may have, each as far from what the product is written for as Postgres allows. */
const HOSTILE_SETTINGS = {
  TimeZone: 'America/New_York',
  timezone_abbreviations: 'Australia',
  DateStyle: 'SQL, DMY',
  IntervalStyle: 'sql_standard',
  client_encoding: 'LATIN1',
  bytea_output: 'escape',
  extra_float_digits: '-15',
  quote_all_identifiers: 'on',
  search_path: 'information_schema',
  standard_conforming_strings: 'off',
  escape_string_warning: 'off',
  backslash_quote: 'off',
  array_nulls: 'off',
  transform_null_equals: 'on',
  row_security: 'off',
  gin_fuzzy_search_limit: '1',
  check_function_bodies: 'off',
  default_text_search_config: 'simple',
  xmloption: 'document',
  default_transaction_isolation: 'serializable',
  default_transaction_deferrable: 'on',
  synchronous_commit: 'off',
  // Long enough for a connection to say what it wants instead.
  statement_timeout: '2s',
  lock_timeout: '1ms',
  idle_in_transaction_session_timeout: '1ms',
  idle_session_timeout: '2s',
  exit_on_error: 'on',
  plan_cache_mode: 'force_custom_plan',
  jit: 'on',
  jit_above_cost: '0',
} as const

/** The statements that give these defaults to `DATABASE name` or `ROLE name`. */
export const hostileDefaults = (target: string): string[] =>
  Object.entries(HOSTILE_SETTINGS).map(([name, value]) => `ALTER ${target} SET ${name} = ${pg.escapeLiteral(value)}`)

/** Of `CREATE DATABASE`: a locale that knows no letter beyond ASCII. */
export const HOSTILE_LOCALE = `TEMPLATE template0 LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'`
