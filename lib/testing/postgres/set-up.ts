import { spawn } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openClient } from '@/lib/kernel/db/session'
import { ensureClient } from '@/lib/server/build/build'
import { migrate } from '@/lib/server/migrations/migrate'
import { openDataFolder } from '@/lib/server/postgres/data-folder'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@/lib/server/postgres/embedded-postgres'

declare module 'vitest' {
  interface ProvidedContext {
    /** The run's Postgres. Its migrated, empty database is the template of every other. */
    postgres: { url: string; adminUrl: string }
  }
}

const WATCH = `
  const [pid, folder] = process.argv.slice(1)
  process.stdin.resume().on('end', () => {
    try { process.kill(Number(pid), 'SIGINT') } catch {}
    setTimeout(() => require('node:fs').rmSync(folder, { recursive: true, force: true }), 1000)
  })`

/** A run that is killed never gets to its teardown: the watcher sees its pipe close, and cleans up. */
function watchOver({ pid }: EmbeddedPostgres, folder: string) {
  const watcher = spawn(process.execPath, ['-e', WATCH, String(pid), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  watcher.unref()
  return watcher
}

/** What the server of the last run said. */
const KEPT_LOG = 'node_modules/.cache/latchkey/postgres.log'

/** Nothing that tests write need outlive a crash: nobody waits for the disk. */
const FORGO_DURABILITY = [
  ...['fsync', 'full_page_writes', 'synchronous_commit'].map((setting) => `ALTER SYSTEM SET ${setting} = off`),
  'SELECT pg_reload_conf()',
]

/** A wait for a lock that ends a call is told in the server's log, with who held it and both statements. */
const TELL_OF_WAITS = [
  'ALTER SYSTEM SET log_lock_waits = on',
  "ALTER ROLE latchkey SET log_min_error_statement = 'error'",
  "ALTER ROLE latchkey SET log_error_verbosity = 'default'",
]

async function asSuperuser({ adminUrl }: EmbeddedPostgres, statements: string[]) {
  const client = await openClient({ connectionString: adminUrl })
  for (const sql of statements) await client.query(sql)
  await client.end()
}

/**
 * What a run of the tests stands on: the Prisma client, and one embedded Postgres, gone at the end.
 * @param prepare statements of the superuser before the schema is made
 */
export async function setUpPostgres(project: TestProject, prepare: string[] = []) {
  await ensureClient({ signal: new AbortController().signal, progress: () => {} })
  const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-test-'))
  const database = await startEmbeddedPostgres({ dataDir, role: 'server' })
  const watcher = watchOver(database, dataDir)
  await asSuperuser(database, [...TELL_OF_WAITS, ...FORGO_DURABILITY, ...prepare])
  await migrate(database.url)
  project.provide('postgres', { url: database.url, adminUrl: database.adminUrl })
  return async () => {
    watcher.kill()
    await database.stop()
    await mkdir(dirname(KEPT_LOG), { recursive: true })
    await copyFile(join((await openDataFolder(dataDir)).cluster, 'log'), KEPT_LOG)
    await rm(dataDir, { recursive: true, force: true })
  }
}

export default (project: TestProject) => setUpPostgres(project)
