import { CommanderError } from 'commander'
import { failure } from '@/lib/server/process/report'

const REFUSED = 1
const USAGE = 2

/** Runs one command. @returns the exit code */
export async function runCli(args: string[]): Promise<number> {
  try {
    // Loaded only now: a wrong environment is thrown as soon as a module reads it, and must be told, not dumped.
    const { program } = await import('@/lib/cli/program')
    await program().parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    // Commander has said what is wrong, or printed the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE
    return tell(error)
  }
}

function tell(error: unknown): number {
  const name = error instanceof Error ? error.name : ''
  if (error instanceof Error && (name === 'UsageError' || name === 'CommandRefused')) console.error(error.message)
  else if (error instanceof Error && name === 'DomainError' && 'detail' in error) console.error(error.detail)
  else failure(error)
  return name === 'UsageError' ? USAGE : REFUSED
}
