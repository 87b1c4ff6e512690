import { type Load, load, type Measure } from './load'

const SECONDS = 5
const ROUNDS = 3

const promises: { text: string; kept: boolean }[] = []

/** Notes what was asked for, and whether it holds. */
export function promise(text: string, kept: boolean) {
  promises.push({ text, kept })
}

/** Prints every promise. @returns whether all are kept */
export function report(): boolean {
  console.log()
  for (const { text, kept } of promises) console.log(`${kept ? 'kept  ' : 'BROKEN'}  ${text}`)
  return promises.every(({ kept }) => kept)
}

/** The best of some rounds, taken in turns, so that a disturbed moment hits no line alone. */
export async function compare(loads: Record<string, Load>): Promise<Record<string, Measure>> {
  const best: Record<string, Measure> = {}
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, what] of Object.entries(loads)) {
      const measure = await load(what, { seconds: SECONDS })
      const earlier = best[name]
      if (!earlier || measure.perSecond > earlier.perSecond) best[name] = measure
    }
  }
  return best
}
