import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Product, spawnProduct, stop } from '@/lib/testing/product'

const STOP_WITHIN_MS = 20_000

export type RunningProduct = {
  url: string
  dataDir: string
  /** Everything that it prints. */
  log: string
  /** Of the demo accounts. */
  password: string
}

async function stopInTime(product: Product) {
  const late = sleep(STOP_WITHIN_MS, 'late', { ref: false })
  if ((await Promise.race([stop(product), late])) === 'late') product.process.kill('SIGKILL')
  await product.exit
}

const print = (chunk: Buffer) => void process.stdout.write(chunk)

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
  // Tests let receivers of webhooks listen on this machine.
  const settings = { DATA_DIR: own.dataDir, DEMO_PASSWORD: own.password, ALLOWED_WEBHOOK_HOSTS: '127.0.0.1' }
  const product = spawnProduct(settings)
  const log = createWriteStream(own.log, { mode: 0o600 })
  product.process.stdout?.pipe(log)
  product.process.stderr?.pipe(log)
  product.process.stderr?.pipe(process.stderr)
  signal.addEventListener('abort', () => void stopInTime(product))
  try {
    product.process.stdout?.on('data', print)
    const url = await product.ready()
    product.process.stdout?.off('data', print)
    return await work({ ...own, url })
  } finally {
    await stopInTime(product)
    await rm(folder, { recursive: true, force: true })
  }
}

/** Aborted when the script is interrupted. */
export function interrupted(): AbortSignal {
  const aborting = new AbortController()
  process.on('SIGINT', () => aborting.abort()).on('SIGTERM', () => aborting.abort())
  return aborting.signal
}
