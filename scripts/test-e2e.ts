import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openClient } from '@/lib/kernel/db/session'
import { keptAuthSecret } from '@/lib/server/postgres/data-folder'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@/lib/server/postgres/embedded-postgres'
import { findBrowser } from './find-browser'
import { interrupted, withProduct } from './product'
import { keepTimes } from './times'

/**
 * Runs the browser tests against the product as `npm start` starts it. Arguments go to Playwright: `-- reveal --headed`.
 * With E2E_CPU_SLOWDOWN=6 every page has a processor that is six times slower: what fails then is a race.
 */

/** Runs a program of Node in our terminal. @returns its exit code */
async function run(args: string[], signal: AbortSignal, environment: Record<string, string> = {}): Promise<number> {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...environment }, stdio: 'inherit' })
  signal.addEventListener('abort', () => child.kill('SIGTERM'))
  const [code] = await once(child, 'exit')
  return typeof code === 'number' ? code : 1
}

/** What the tests write need not outlive the machine. */
async function forgoDurability({ adminUrl }: EmbeddedPostgres) {
  const client = await openClient({ connectionString: adminUrl })
  await client.query('ALTER SYSTEM SET fsync = off')
  await client.query('SELECT pg_reload_conf()')
  await client.end()
}

const browser = findBrowser({ headed: process.argv.includes('--headed') })
const signal = interrupted()
// The start would build too; made before, it has no part in the time of the start.
if ((await run(['--import', 'tsx', 'scripts/build.ts'], signal)) !== 0) process.exit(1)
const began = performance.now()

process.exitCode = await withProduct(signal, async ({ url, dataDir, log, password }) => {
  await keepTimes('start', { seconds: (performance.now() - began) / 1_000 })
  const database = await startEmbeddedPostgres({ dataDir, role: 'visitor' })
  try {
    await forgoDurability(database)
    return await run(['node_modules/@playwright/test/cli.js', 'test', ...process.argv.slice(2)], signal, {
      E2E_BASE_URL: url,
      E2E_BROWSER: browser,
      E2E_DATABASE_URL: database.url,
      E2E_ADMIN_DATABASE_URL: database.adminUrl,
      E2E_AUTH_SECRET: await keptAuthSecret(database.folder),
      E2E_DATA_DIR: dataDir,
      E2E_LOG: log,
      DEMO_PASSWORD: password,
    })
  } finally {
    await database.stop()
  }
})
