import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { ensureClient } from '@/lib/server/build/build'
import { timed } from './times'

/** `npm run check`: what can be said of the code without running it. The parts need nothing of each other and run at once. */

/** Programs of our packages, by what they look after; those of one part follow each other. */
const PARTS: Record<string, string[][]> = {
  types: [
    ['next/dist/bin/next', 'typegen'],
    // One processor is given to each part.
    ['typescript-native/bin/tsc', '--noEmit', '--singleThreaded'],
  ],
  unused: [['knip/bin/knip.js']],
  imports: [
    [
      'dependency-cruiser/bin/dependency-cruise.mjs',
      ...['--config', '.dependency-cruiser.mjs'],
      ...['app', 'components', 'lib', 'e2e', 'bench', 'scripts', 'server.ts', 'proxy.ts'],
    ],
  ],
  style: [['@biomejs/biome/bin/biome', 'ci', '--colors=force', '.']],
}

/** Runs one program to its end. */
async function run([script = '', ...args]: string[]): Promise<{ passed: boolean; output: string }> {
  const child = spawn(process.execPath, [join('node_modules', script), ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const code = new Promise<number | null>((done, fail) => child.once('close', done).once('error', fail))
  const output = await Promise.all([text(child.stdout), text(child.stderr)])
  return { passed: (await code) === 0, output: output.join('') }
}

/** Runs a part and tells how it went; of one that failed, all that it said. */
async function check(part: string, programs: string[][]): Promise<boolean> {
  const began = performance.now()
  let failed = ''
  for (const program of programs) {
    const { passed, output } = await run(program)
    if (passed) continue
    failed = `\n${output}`
    break
  }
  const seconds = (performance.now() - began) / 1_000
  console.log(`  ${part.padEnd(12)}${failed ? 'failed' : 'good  '}  ${seconds.toFixed(1).padStart(6)} s${failed}`)
  return failed === ''
}

const { signal } = new AbortController()
await ensureClient({ signal, progress: (what) => console.log(`  ${what}`) })
const all = () => Promise.all(Object.entries(PARTS).map(([part, programs]) => check(part, programs)))
const passed = await timed('check', all)
if (passed.includes(false)) process.exitCode = 1
