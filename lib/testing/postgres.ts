import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { ensureClient } from '@/lib/server/build'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@/lib/server/embedded-postgres'
import { migrate } from '@/lib/server/migrate'

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

/** Nothing that tests write need outlive a crash: nobody waits for the disk. */
async function forgoDurability(adminUrl: string) {
  const client = new pg.Client(adminUrl)
  await client.connect()
  for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit']) {
    await client.query(`ALTER SYSTEM SET ${setting} = off`)
  }
  await client.query('SELECT pg_reload_conf()')
  await client.end()
}

/** What a run of the tests stands on: the Prisma client, and one embedded Postgres, gone at the end. */
export default async function setup(project: TestProject) {
  await ensureClient({ signal: new AbortController().signal, progress: () => {} })
  const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-test-'))
  const database = await startEmbeddedPostgres({ dataDir, role: 'server' })
  const watcher = watchOver(database, dataDir)
  await forgoDurability(database.adminUrl)
  await migrate(database.url)
  project.provide('postgres', { url: database.url, adminUrl: database.adminUrl })
  return async () => {
    watcher.kill()
    await database.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
