import type pg from 'pg'
import { LIFT_LIMITS } from '@/lib/kernel/db/session'
import { type DatabaseConnection, withConnection } from '@/lib/server/database/connect'
import { type DatabaseTarget, explain, reasonOf } from '@/lib/server/database/explain-failure'
import { type MigrationFile, migrationFiles } from '@/lib/server/migrations/migration-files'
import { migrationHistory, takeBack, whyUnsound } from '@/lib/server/migrations/migration-history'
import { grantRights, lackingRights } from '@/lib/server/migrations/rights'
import { migrationList, NO_FILTERS, withSchemaEngine } from '@/lib/server/migrations/schema-engine'
import { codeOf, StartError } from '@/lib/server/process/start-error'

/** Of every process that migrates; the engine has a lock of its own, but waits for it only ten seconds. */
export const MIGRATING = 0x6c6174636879

/** Prisma's code for a database that has tables and no list of migrations. */
const NOT_EMPTY = 'P3005'

/** SQLSTATE of a right that is lacking. */
const DENIED = '42501'

type Options = {
  /** Names the database, for the sentence about a failure. */
  variable?: string
  /** What the product runs as, where that is not the role of the address. */
  role?: string
  /** Told when another process migrates, and this one waits; and when a newer version was here. */
  progress?: (text: string) => void
}

/**
 * Applies the migrations that the database lacks, and grants what the application's role needs. Processes that start
 * together take turns: the second finds nothing left to do.
 * @param url of a role that may change the schema
 * @returns the names of those applied now
 * @throws StartError
 */
export function migrate(url: string, { variable = 'DATABASE_URL', role, progress }: Options = {}): Promise<string[]> {
  return withConnection(url, variable, async ({ client }) => {
    await takeTurn(client, progress)
    return withConnection(url, variable, (connection) => bringUpToDate(url, connection, { role, progress }))
  })
}

async function bringUpToDate(
  url: string,
  connection: DatabaseConnection,
  { role, progress }: Options,
): Promise<string[]> {
  try {
    const files = await migrationFiles()
    const history = await migrationHistory(connection.client)
    const unsound = whyUnsound(history, files)
    if (unsound) throw new StartError(unsound)
    const begun = new Set(history.map(({ name }) => name))
    const known = files.filter(({ name }) => begun.has(name)).length
    if (begun.size > known) progress?.(`${begun.size - known} newer than this version`)
    // Loading the engine takes longer than everything else at start, so it is asked only when something is missing.
    const current = known === files.length
    if (!current) await requireOwner(connection)
    const applied = current ? [] : await apply(url, connection, files)
    await settleRights(connection, role ?? connection.target.role)
    return applied
  } catch (error) {
    throw codeOf(error) === DENIED ? lacksRights(connection.target, reasonOf(error)) : explain(error)
  }
}

/** Until the connection closes. The lock is a transaction's: behind a pooler a session's would outlive it. */
async function takeTurn(client: pg.Client, progress: Options['progress']) {
  await client.query(`BEGIN; ${LIFT_LIMITS}`)
  const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS mine', [MIGRATING])
  if (rows[0]?.mine) return
  progress?.('waiting for another process, which migrates')
  await client.query('SELECT pg_advisory_xact_lock($1)', [MIGRATING])
}

/** Told before the engine tries: what it says of it has no code. */
async function requireOwner({ client, target }: DatabaseConnection) {
  const { rows } = await client.query<{ may: boolean }>(
    `SELECT coalesce(bool_and(has_schema_privilege(oid, 'CREATE')), false) AS may
     FROM pg_namespace WHERE nspname = current_schema()`,
  )
  if (rows[0]?.may) return
  throw lacksRights(target, 'CREATE on the schema')
}

async function apply(url: string, { client, target }: DatabaseConnection, files: MigrationFile[]): Promise<string[]> {
  try {
    const { appliedMigrationNames } = await withSchemaEngine(url, (engine) =>
      engine.applyMigrations({ migrationsList: migrationList(files), filters: NO_FILTERS }),
    )
    return appliedMigrationNames
  } catch (error) {
    const failed = (await migrationHistory(client).catch(() => [])).find(({ finished }) => !finished)
    if (failed) await takeBack(client)
    throw explainFailed(error, target, failed?.name)
  }
}

/** Prisma's engine tells what Postgres said among its own traces. */
function explainFailed(error: unknown, { database, variable }: DatabaseTarget, name: string | undefined): StartError {
  if (codeOf(error) === NOT_EMPTY)
    return new StartError(
      `The database ${database} holds other tables. Make one for Latchkey alone (createdb), and name it in ${variable}.`,
    )
  const message = error instanceof Error ? error.message : String(error)
  const reason = /ERROR: (.+)/.exec(message)?.[1] ?? reasonOf(error)
  const what = name ? `The migration ${name} failed, and left nothing behind` : 'The migrations could not be applied'
  return new StartError(`${what}: ${reason.replace(/\.$/, '')}. Mend that, then start again.`)
}

/** Whoever may grant gives the role what it lacks; whoever may not says what that is. */
async function settleRights({ client, target }: DatabaseConnection, role: string) {
  if (role === target.role) {
    const [lacks] = await lackingRights(client, role)
    if (lacks) throw lacksRights(target, `${lacks.rights} on ${lacks.what}`)
    return
  }
  const [left] = await grantRights(client, role).catch(async (error: unknown) => {
    if (codeOf(error) !== DENIED) throw error
    return lackingRights(client, role)
  })
  if (!left) return
  throw new StartError(
    `The role ${role} of DATABASE_URL lacks ${left.rights} on ${left.what}, and ${target.role} of ${target.variable} may not grant it. Name the owner of the tables there.`,
  )
}

const lacksRights = ({ role, variable }: DatabaseTarget, what: string) =>
  new StartError(
    `The role ${role} of ${variable} lacks rights (${what}). Name the owner of the database in MIGRATION_DATABASE_URL: the start grants what is needed.`,
  )
