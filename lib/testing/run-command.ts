import { vi } from 'vitest'
import { runCli } from '@/lib/cli/run-cli'

/** Runs a command in this process. @returns its exit code, and what stands on which output */
export async function runCommand(...args: string[]) {
  let [stdout, stderr] = ['', '']
  const out = (text: unknown) => {
    stdout += text
    return true
  }
  const err = (text: unknown) => {
    stderr += text
    return true
  }
  vi.spyOn(console, 'log').mockImplementation(out)
  vi.spyOn(console, 'error').mockImplementation(err)
  vi.spyOn(process.stdout, 'write').mockImplementation(out)
  vi.spyOn(process.stderr, 'write').mockImplementation(err)
  const code = await runCli(args)
  vi.restoreAllMocks()
  return { code, stdout, stderr }
}
