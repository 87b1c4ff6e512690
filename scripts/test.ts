import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { interrupted } from './product'
import { reportTimes } from './report-times'
import { timed } from './times'

/**
 * `npm test`: all that must be good. The unit tests wait now and then, so the check and the build are made beside them; what these
 * say is held back until they have ended. What fails ends all the rest.
 */

const failing = new AbortController()
const signal = AbortSignal.any([interrupted(), failing.signal])

/** Runs a program of Node to its end. @throws Error when it fails, or is ended */
async function run(args: string[], stdio: 'inherit' | 'held back'): Promise<void> {
  signal.throwIfAborted()
  const isHeld = stdio === 'held back'
  const child = spawn(process.execPath, args, { stdio: isHeld ? ['ignore', 'pipe', 'pipe'] : 'inherit' })
  const end = () => void child.kill('SIGTERM')
  signal.addEventListener('abort', end)
  const said = Promise.all([child.stdout, child.stderr].map((stream) => (stream ? text(stream) : '')))
  const [code] = await once(child, 'close')
  signal.removeEventListener('abort', end)
  process.stdout.write((await said).join(''))
  if (code === 0) return
  failing.abort()
  throw new Error(`${args.join(' ')} failed.`)
}

const script = (name: string) => ['--import', 'tsx', `scripts/${name}.ts`]

async function checkAndBuild() {
  await run(script('check'), 'held back')
  await timed('build', () => run(script('build'), 'held back'))
}

const besides = await Promise.allSettled([run(['node_modules/vitest/vitest.mjs', 'run'], 'inherit'), checkAndBuild()])
if (besides.some(({ status }) => status === 'rejected')) process.exit(1)
try {
  await run(script('test-e2e'), 'inherit')
} catch {
  process.exit(1)
}
await reportTimes()
