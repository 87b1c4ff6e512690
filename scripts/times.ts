import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** How long the parts of `npm test` took: each keeps its own time as it ends, and `reportTimes` tells all of them. */

const FOLDER = 'node_modules/.cache/latchkey/times'

/** The first two run beside the third. */
export const PARTS = ['check', 'build', 'unit', 'start', 'browser'] as const
export type Part = (typeof PARTS)[number]

const times = z.object({
  seconds: z.number(),
  /** Where the part consists of tests: each with its full title. */
  tests: z.array(z.object({ name: z.string(), seconds: z.number() })).default([]),
})
export type Times = z.output<typeof times>

const fileOf = (part: Part) => join(FOLDER, `${part}.json`)

/** Keeps what a part took, in place of what it took before. */
export async function keepTimes(part: Part, taken: z.input<typeof times>) {
  await mkdir(FOLDER, { recursive: true })
  await writeFile(fileOf(part), JSON.stringify(taken))
}

/** What a part took when it last ran; null when it never did. */
export async function readTimes(part: Part): Promise<Times | null> {
  const text = await readFile(fileOf(part), 'utf8').catch(() => null)
  return text === null ? null : times.parse(JSON.parse(text))
}

/** Runs a part that has no tests, and keeps what it took. */
export async function timed<Result>(part: Part, work: () => Promise<Result>): Promise<Result> {
  const began = performance.now()
  const result = await work()
  await keepTimes(part, { seconds: (performance.now() - began) / 1_000 })
  return result
}
