import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const STOP_WITHIN_MS = 20_000

export type RunningProduct = {
  url: string
  dataDir: string
  /** Everything that it prints. */
  log: string
  /** Of the demo accounts. */
  password: string
}

// What the developer's own installation is set to must not reach the product under test.
const SETTINGS =
  /^(PORT|HOST|DATABASE_|MIGRATION_|DATA_DIR|AUTH_SECRET|NEXTAUTH_|APP_URL|REQUIRE_|TRUSTED_|KEY_|OIDC_|SMTP_|MAIL_)/
const bareEnvironment = () => Object.fromEntries(Object.entries(process.env).filter(([name]) => !SETTINGS.test(name)))

function start({ dataDir, log, password }: Omit<RunningProduct, 'url'>) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server.ts'], {
    env: {
      ...bareEnvironment(),
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      DEMO_PASSWORD: password,
      NODE_ENV: 'production',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const file = createWriteStream(log, { mode: 0o600 })
  child.stdout.pipe(file)
  child.stderr.pipe(file)
  child.stderr.pipe(process.stderr)
  return child
}

/** The address that the start prints when it is ready. */
async function readyAt({ stdout }: ReturnType<typeof start>): Promise<string> {
  for await (const line of createInterface({ input: stdout })) {
    console.log(line)
    const url = /^\s*ready\s+(http:\S+)/.exec(line)?.[1]
    if (url) return url
  }
  throw new Error('The product did not start.')
}

async function stop(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const hard = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS)
  await exited
  clearTimeout(hard)
}

/**
 * Starts the product as `npm start` does, on a free port and on a database of its own, and runs `work` with it. Whatever
 * happens, nothing of it is left running or lying about.
 */
export async function withProduct<Result>(
  signal: AbortSignal,
  work: (product: RunningProduct) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-'))
  // The user that runs Postgres for root must be able to pass.
  await chmod(folder, 0o711)
  const own = {
    dataDir: join(folder, 'data'),
    log: join(folder, 'product.log'),
    password: randomBytes(12).toString('base64url'),
  }
  const child = start(own)
  signal.addEventListener('abort', () => void stop(child))
  try {
    return await work({ ...own, url: await readyAt(child) })
  } finally {
    await stop(child)
    await rm(folder, { recursive: true, force: true })
  }
}

/** Aborted when the script is interrupted. */
export function interrupted(): AbortSignal {
  const aborting = new AbortController()
  process.on('SIGINT', () => aborting.abort()).on('SIGTERM', () => aborting.abort())
  return aborting.signal
}
