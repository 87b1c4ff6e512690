import { spawn } from 'node:child_process'
import { StartError } from '@/lib/server/process/start-error'

const TELL_EVERY_MS = 10_000

type Options = {
  signal: AbortSignal
  /** Told every ten seconds that it still runs. */
  progress: (text: string) => void
  env?: Record<string, string>
}

/**
 * Runs a program of one of our packages to its end.
 * @throws StartError with its output when it fails
 */
export async function runPackageProgram(script: string, args: string[], { signal, progress, env }: Options) {
  const child = spawn(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // biome-ignore lint/style/noProcessEnv: handed on whole, not read.
    env: { ...process.env, ...env },
    signal,
  })
  const output: Buffer[] = []
  child.stdout.on('data', (chunk) => output.push(chunk))
  child.stderr.on('data', (chunk) => output.push(chunk))
  const timer = setInterval(() => progress('still at it'), TELL_EVERY_MS)
  try {
    const code = await new Promise((done, fail) => child.once('close', done).once('error', fail))
    if (code === 0) return
    throw new StartError(
      `Building failed: mend what \`${[script, ...args].join(' ')}\` says, and start again.\n\n${Buffer.concat(output).toString('utf8').trim()}`,
    )
  } finally {
    clearInterval(timer)
  }
}
