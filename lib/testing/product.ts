import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'

/** The whole product as a process of its own, for what starts, stops, kills or measures it. */

const run = promisify(execFile)

/** What the developer's own installation is set to must not reach it. */
const SETTINGS =
  /^(PORT|HOST|DATABASE_|MIGRATION_|DATA_DIR|DEMO_|AUTH_SECRET|NEXTAUTH_|APP_URL|REQUIRE_|TRUSTED_|KEY_|OIDC_|SMTP_|MAIL_|GITHUB_|WORKER|ALLOWED_|METRICS_|ACCESS_)/

function environment(settings: Record<string, string>, NODE_ENV: 'production' | 'development' = 'production') {
  const inherited = Object.entries(process.env).filter(([name]) => !SETTINGS.test(name))
  return { ...Object.fromEntries(inherited), ...settings, NODE_ENV }
}

export type Product = {
  process: ChildProcess
  /** Everything that it has printed. */
  output: () => string
  /** Resolves with the pattern's first group once it is printed; rejects when the process ends before. */
  printed: (pattern: RegExp) => Promise<string>
  /** Resolves with its address when it is ready; rejects when it ends before. */
  ready: () => Promise<string>
  exit: Promise<number | string>
}

/** Builds what the product serves, if that is missing. */
export const build = () => run(process.execPath, ['--import', 'tsx', 'scripts/build.ts'])

/** Spawns it as `npm start` does, or as `npm run dev` or `npm run worker`, on a free port and with these settings. It does not outlive us. */
export function spawnProduct(settings: Record<string, string>, ...flags: ('--dev' | '--worker')[]): Product {
  const mode = flags.includes('--dev') ? 'development' : 'production'
  const env = environment({ PORT: '0', HOST: '127.0.0.1', ...settings }, mode)
  const child = spawn(process.execPath, ['--import', 'tsx', 'server.ts', ...flags], { env, stdio: 'pipe' })
  const killed = () => void child.kill('SIGKILL')
  process.once('exit', killed)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk
    })
  }
  const exit = once(child, 'close').then(([code, signal]): number | string => {
    process.off('exit', killed)
    return code ?? signal
  })

  function printed(pattern: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(output)?.[1]
        if (!found) return
        child.stdout.off('data', look)
        resolve(found)
      }
      child.stdout.on('data', look)
      void exit.then(() => reject(new Error(`The product ended:\n${output}`)))
      look()
    })
  }
  const ready = () => printed(/^\s*ready\s+(http:\S+)\s/m)
  return { process: child, output: () => output, printed, ready, exit }
}

/** Runs an operator's command with these settings, whatever it comes to. */
export async function command(settings: Record<string, string>, ...args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/cli/main.ts', ...args], { env: environment(settings) })
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { code, stdout, stderr }
}

/** Runs an operator's command with these settings, and returns its JSON. */
export async function cli(settings: Record<string, string>, ...args: string[]) {
  const words = ['--import', 'tsx', 'lib/cli/main.ts', ...args, '--json']
  const { stdout } = await run(process.execPath, words, { env: environment(settings) })
  return JSON.parse(stdout)
}

/** Ends it as a supervisor does. */
export async function stop(product: Product | undefined) {
  product?.process.kill('SIGTERM')
  return product?.exit
}
