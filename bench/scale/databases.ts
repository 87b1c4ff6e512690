import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { openClient } from '@/lib/kernel/db/session'
import { migrate } from '@/lib/server/migrations/migrate'
import { startEmbeddedPostgres } from '@/lib/server/postgres/embedded-postgres'
import { fill } from './data/fill'
import { largeSizes, type Sizes, smallSizes } from './sizes'

export type Databases = {
  small: string
  large: string
  /** The large one for a role that may have its plans told, where there is such a role. */
  superuser: string
}

/** Told in words what is under way. */
export type Tell = (text: string) => void

async function withClient<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = await openClient({ connectionString: url })
  return work(client).finally(() => client.end())
}

const databaseOf = (url: string) => new URL(url).pathname.slice(1)
const withDatabase = (url: string, database: string) => Object.assign(new URL(url), { pathname: database }).href

/** SQLSTATE of a right that is lacking. */
const DENIED = '42501'

/** The small database beside the large one. @throws Error where it is missing and the role may make none */
async function ensureSister(url: string, name: string, owner: string) {
  await withClient(url, async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name])
    if (rowCount) return
    await client.query(`CREATE DATABASE "${name}" OWNER "${owner}"`).catch((error: unknown) => {
      if (Object(error).code !== DENIED) throw error
      throw new Error(
        `${owner} may make no database: make ${name} beside ${databaseOf(url)}, empty, for the comparison.`,
      )
    })
  })
}

/** What a database made by us is marked with; null on any other. */
async function markOf(client: pg.Client): Promise<string | null> {
  const { rows } = await client.query<{ mark: string | null }>(
    `SELECT obj_description('organizations'::regclass, 'pg_class') AS mark`,
  )
  return rows[0]?.mark ?? null
}

/**
 * Migrates a database, and fills it if it is empty.
 * @throws Error where it holds anything but what this made before
 */
export async function ensureFilled(url: string, sizes: Sizes, mark: string, tell: Tell): Promise<void> {
  await migrate(url)
  await withClient(url, async (client) => {
    const found = await markOf(client)
    if (found === mark) return
    const { rowCount } = await client.query('SELECT FROM organizations UNION ALL SELECT FROM users LIMIT 1')
    if (found || rowCount) {
      const holds = found ?? 'rows of somebody'
      throw new Error(`The database ${databaseOf(url)} holds ${holds}, and ${mark} was asked for. Name an empty one.`)
    }
    let since = performance.now()
    await fill(client, sizes, mark, (what, rows) => {
      const seconds = ((performance.now() - since) / 1_000).toFixed(1)
      since = performance.now()
      tell(`${what.padEnd(34)}${(rows?.toLocaleString('en') ?? '').padStart(11)}  ${seconds.padStart(6)} s`)
    })
  })
}

async function ensureBoth({ small, large }: Databases, factor: number, tell: Tell) {
  await ensureFilled(small, smallSizes(), 'scale small', () => {})
  await ensureFilled(large, largeSizes(factor), `scale ${factor}`, tell)
}

type Where = { factor: number; databaseUrl: string | undefined; keep: string | undefined; tell: Tell }

/**
 * Runs `work` with a large database and a small one on the same server: that of `databaseUrl`, or an embedded one.
 * @param where.keep the data folder of the embedded one, which stays; else it is a new one, which goes
 */
export async function withDatabases<Result>(
  { factor, databaseUrl, keep, tell }: Where,
  work: (databases: Databases) => Promise<Result>,
): Promise<Result> {
  if (databaseUrl) {
    const name = `${databaseOf(databaseUrl)}_small`
    const databases = { large: databaseUrl, small: withDatabase(databaseUrl, name), superuser: databaseUrl }
    await ensureSister(databaseUrl, name, decodeURIComponent(new URL(databaseUrl).username))
    await ensureBoth(databases, factor, tell)
    return work(databases)
  }
  const dataDir = keep ?? (await mkdtemp(join(tmpdir(), 'latchkey-scale-')))
  const { url: large, adminUrl, stop } = await startEmbeddedPostgres({ dataDir, role: 'visitor' })
  const leave = async () => {
    await stop()
    if (!keep) await rm(dataDir, { recursive: true, force: true })
  }
  // Postgres would outlive us. A signal may come twice: from the terminal, and from npm.
  let leaving = false
  const interrupted = (signal: string) => {
    if (leaving) return
    leaving = true
    tell(`Interrupted by ${signal}.`)
    void leave().finally(() => process.exit(1))
  }
  process.on('SIGINT', interrupted).on('SIGTERM', interrupted)
  try {
    const small = withDatabase(large, `${databaseOf(large)}_small`)
    await ensureSister(adminUrl, databaseOf(small), new URL(large).username)
    const databases = { small, large, superuser: withDatabase(adminUrl, databaseOf(large)) }
    await ensureBoth(databases, factor, tell)
    return await work(databases)
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
    await leave()
  }
}
