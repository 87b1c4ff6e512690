import { type Load, load, type Measure } from './load'

const WARM_UP_SECONDS = 2
const SECONDS = 2
const ROUNDS = 7

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

export type Rounds = Record<string, Measure[]>

/** Measures each load once in every round, in turns, so that a disturbed moment hits no line alone. All are warm before. */
export async function compare(loads: Record<string, Load>): Promise<Rounds> {
  const rounds: Rounds = {}
  for (const what of Object.values(loads)) await load(what, { seconds: WARM_UP_SECONDS })
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, what] of Object.entries(loads)) {
      rounds[name] = [...(rounds[name] ?? []), await load(what, { seconds: SECONDS })]
    }
  }
  return rounds
}

/** The median of the rounds, each compared in itself: neither line is picked at its luckiest. */
export function timesAsFast(rounds: Rounds, name: string, other: string): number {
  const others = rounds[other] ?? []
  const ratios = (rounds[name] ?? []).map(({ perSecond }, round) => perSecond / (others[round]?.perSecond ?? 0))
  return ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 2)] ?? 0
}

/** The fastest round of each line, and what was refused in all of them. */
export function bestOf(rounds: Rounds): [name: string, best: Measure][] {
  return Object.entries(rounds).map(([name, measures]) => {
    const refused = measures.reduce((sum, measure) => sum + measure.refused, 0)
    const [best] = measures.toSorted((a, b) => b.perSecond - a.perSecond)
    if (!best) throw new Error(`${name} was not measured.`)
    return [name, { ...best, refused }]
  })
}
