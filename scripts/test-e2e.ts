import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { startEmbeddedPostgres } from '@/lib/server/embedded-postgres'
import { findBrowser } from './find-browser'
import { interrupted, withProduct } from './product'

/** Runs the browser tests against the product as `npm start` starts it. Arguments go to Playwright: `-- journey --headed`. */

async function runPlaywright(environment: Record<string, string>, signal: AbortSignal): Promise<number> {
  const child = spawn(process.execPath, ['node_modules/@playwright/test/cli.js', 'test', ...process.argv.slice(2)], {
    env: { ...process.env, ...environment },
    stdio: 'inherit',
  })
  signal.addEventListener('abort', () => child.kill('SIGTERM'))
  const [code] = await once(child, 'exit')
  return typeof code === 'number' ? code : 1
}

const browser = findBrowser()
const signal = interrupted()

process.exitCode = await withProduct(signal, async ({ url, dataDir, log, password }) => {
  const database = await startEmbeddedPostgres({ dataDir, role: 'visitor' })
  try {
    return await runPlaywright(
      {
        E2E_BASE_URL: url,
        E2E_BROWSER: browser,
        E2E_DATABASE_URL: database.url,
        E2E_ADMIN_DATABASE_URL: database.adminUrl,
        E2E_DATA_DIR: dataDir,
        E2E_LOG: log,
        DEMO_PASSWORD: password,
      },
      signal,
    )
  } finally {
    await database.stop()
  }
})
