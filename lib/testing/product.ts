import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll } from 'vitest'

/** The whole product as a process, for tests that start, stop and kill it. */

const run = promisify(execFile)

const STARTED_WITHIN_MS = 60_000
const OWN = [
  'DATABASE_URL',
  'DATA_DIR',
  'AUTH_SECRET',
  'APP_URL',
  'REQUIRE_HTTPS',
  'HOST',
  'PORT',
  'DEMO_PASSWORD',
  'OIDC_ISSUER',
  'SMTP_URL',
]

const spawned: ChildProcess[] = []
// Those of a test that failed.
afterAll(() => spawned.forEach((child) => void child.kill('SIGKILL')))

export type Product = {
  process: ChildProcess
  /** Everything that it has printed. */
  output: () => string
  /** Resolves with its address when it is ready; rejects when it ends before. */
  ready: () => Promise<string>
  exit: Promise<number | string>
}

/** Builds what the product serves, if that is missing. */
export const build = () => run(process.execPath, ['--import', 'tsx', 'scripts/build.ts'])

/** Spawns the product as `npm start` does, or as `npm run dev`, with these settings and none of the developer's. */
export function spawnProduct(settings: Record<string, string>, ...flags: '--dev'[]): Product {
  const inherited = Object.entries(process.env).filter(([name]) => !OWN.includes(name))
  const NODE_ENV = flags.includes('--dev') ? ('development' as const) : ('production' as const)
  const env = { ...Object.fromEntries(inherited), PORT: '0', ...settings, NODE_ENV }
  const child = spawn(process.execPath, ['--import', 'tsx', 'server.ts', ...flags], { env, stdio: 'pipe' })
  spawned.push(child)
  let printed = ''
  child.stdout.on('data', (chunk) => {
    printed += chunk
  })
  child.stderr.on('data', (chunk) => {
    printed += chunk
  })
  const exit = once(child, 'close').then(([code, signal]): number | string => code ?? signal)
  let ended = false
  void exit.then(() => {
    ended = true
  })
  async function ready() {
    for (const began = Date.now(); Date.now() - began < STARTED_WITHIN_MS && !ended; await sleep(50)) {
      const address = /ready +(http:\S+)/.exec(printed)?.[1]
      if (address) return address
    }
    throw new Error(`The product did not start:\n${printed}`)
  }
  return { process: child, output: () => printed, ready, exit }
}

/** Runs an operator's command with these settings, and returns its JSON. */
export async function cli(settings: Record<string, string>, ...args: string[]) {
  const env = { ...process.env, ...settings }
  const { stdout } = await run(process.execPath, ['--import', 'tsx', 'lib/cli/main.ts', ...args, '--json'], { env })
  return JSON.parse(stdout)
}

/** Ends it as a supervisor does. */
export async function stop(product: Product | undefined) {
  product?.process.kill('SIGTERM')
  return product?.exit
}
