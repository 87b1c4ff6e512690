import { SECOND_MS } from '@/lib/base/time'

/** What the process says to whoever started it. Everything else goes to the log. */

const seconds = (since: number) => `${((performance.now() - since) / SECOND_MS).toFixed(2)} s`
const line = (name: string, text: string, time = '') =>
  console.log(`  ${name.padEnd(12)}${text.padEnd(56)} ${time}`.trimEnd())

export function heading(text: string) {
  console.log(`\n${text}`)
}

export function note(name: string, text: string) {
  line(name, text)
}

/**
 * Runs one step of the start, then prints its line: what came of it, and its time. A long step says how it goes; one that
 * fails says so, and whoever catches the error says why.
 */
export async function reportStep<Result>(
  name: string,
  work: (progress: (text: string) => void) => Promise<{ text: string; result: Result }>,
): Promise<Result> {
  const began = performance.now()
  try {
    const { text, result } = await work((progress) => line(name, progress, seconds(began)))
    line(name, text, seconds(began))
    return result
  } catch (error) {
    line(name, 'failed', seconds(began))
    throw error
  }
}

/** Errors that their reader can mend. By name: this file is also loaded when `lib/base/node/env.ts` has just refused to be. */
const REASONS = ['StartError', 'EnvironmentError']

/** Why it cannot go on: the reason alone where the operator can mend it, with the stack where it is our fault. */
export function failure(error: unknown) {
  const reason = error instanceof Error && REASONS.includes(error.name)
  console.error(`\n${reason ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
}
