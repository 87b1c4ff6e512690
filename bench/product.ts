import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { z } from 'zod'
import { openClient } from '@/lib/kernel/db/session'
import { startEmbeddedPostgres } from '@/lib/server/postgres/embedded-postgres'
import { cli, spawnProduct, stop } from '@/lib/testing/product'

export type Product = {
  url: string
  /** Seconds from the start of the process to its `ready` line. */
  seconds: number
  /** Runs an operator's command on the same database and returns its JSON. */
  cli: (...words: string[]) => Promise<unknown>
  /** Resident memory of the Node process, in megabytes. */
  memory: () => Promise<number>
  stop: () => Promise<unknown>
}

/** Of the demo accounts. */
export const DEMO_PASSWORD = 'only-for-benchmarks'

/** Starts the built product on `dataDir`, on a free port, and waits until it is ready. */
export async function startProduct(dataDir: string): Promise<Product> {
  // Receivers of webhooks listen on this machine.
  const settings = { DATA_DIR: dataDir, DEMO_PASSWORD, ALLOWED_WEBHOOK_HOSTS: '127.0.0.1' }
  const began = performance.now()
  const product = spawnProduct(settings)
  const url = await product.ready()
  return {
    url,
    seconds: (performance.now() - began) / 1000,
    cli: (...words) => cli(settings, ...words),
    async memory() {
      const status = await readFile(`/proc/${product.process.pid}/status`, 'utf8')
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
    },
    stop: () => stop(product),
  }
}

export async function withDataDir<Result>(work: (dataDir: string) => Promise<Result>): Promise<Result> {
  const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-bench-'))
  try {
    return await work(dataDir)
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** Runs `work` on the database of the running product. */
export async function withDatabase(
  dataDir: string,
  work: (client: pg.Client, url: string) => Promise<void>,
): Promise<void> {
  const database = await startEmbeddedPostgres({ dataDir, role: 'visitor' })
  try {
    const client = await openClient({ connectionString: database.url })
    await work(client, database.url).finally(() => client.end())
  } finally {
    await database.stop()
  }
}

const made = z.object({ key: z.string() })

/** Keys of the demo organisation, with a limit that no benchmark reaches. */
export async function makeKeys(product: Product, count: number, env: 'live' | 'test' = 'live'): Promise<string[]> {
  await product.cli('orgs', 'set', '--org', 'acme', '--rate-limit', '1000000000')
  const keys: string[] = []
  for (let index = 0; index < count; index++) {
    const words = [
      '--org',
      'acme',
      '--name',
      `bench-${index}`,
      '--scopes',
      'contacts:read,contacts:write',
      '--env',
      env,
    ]
    keys.push(made.parse(await product.cli('keys', 'create', ...words)).key)
  }
  return keys
}
