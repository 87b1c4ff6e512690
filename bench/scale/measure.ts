import type { Side } from './side'
import type { Measured, Target } from './what/measured'

const RUNS = 5
/** Changes are small and promised closely: more runs tell more. */
const RUNS_OF_CHANGES = 15
/** What takes this long in all needs no more runs to be told slow than the least. */
const ENOUGH_MS = 2_000
const LEAST_RUNS = 2

export type Sides = { small: Side; large: Side }

type Figures = {
  /** Milliseconds, in the middle of the runs. */
  small: number
  large: number
  /** What the large one answered. */
  status: number
}

export type Result = Figures & {
  what: Measured
  kept: boolean
  /** Where it is not kept: what the database did, and for how long. */
  plan?: string | undefined
}

type Run = { ms: number; status: number }

/** Runs it once on one side; null where there is nothing to ask for. */
type Runner = () => Promise<Run | null>

/** What reads is prepared once; what changes something, for each run. */
function runner({ prepare, changes }: Measured, side: Side): Runner {
  let prepared: ReturnType<typeof prepare> | undefined
  return async () => {
    prepared = changes ? prepare(side) : (prepared ?? prepare(side))
    const act = await prepared
    if (!act) return null
    const began = performance.now()
    const status = await act()
    return { ms: performance.now() - began, status }
  }
}

const median = (numbers: number[]) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0

/** A reply of the server's own failure keeps no promise, however fast it comes. */
function isKept({ times, or, off = 0, most = Number.POSITIVE_INFINITY }: Target, { small, large, status }: Figures) {
  return status < 500 && large <= most && (large <= small * times + off || large <= or)
}

/**
 * Measures it. What falls short is measured again, and does so only if it does so twice: of many, some are disturbed.
 * @returns null where there is nothing to ask for
 */
export async function measure(what: Measured, sides: Sides): Promise<Result | null> {
  const result = await measureOnce(what, sides)
  if (!result || result.kept) return result
  const again = await measureOnce(what, sides)
  return again?.kept ? again : result
}

/** What cannot be asked at all keeps no promise either. */
async function measureOnce(what: Measured, sides: Sides): Promise<Result | null> {
  try {
    return await inTurns(what, sides)
  } catch (error) {
    const none = Number.NaN
    return { what, small: none, large: none, status: 0, kept: false, plan: `not measured: ${error}` }
  }
}

const TURNS = [
  ['small', 'large'],
  ['large', 'small'],
] as const

/** Runs both sides in turns, so that a disturbed moment hits neither alone. The first run of each warms it only. */
async function inTurns(what: Measured, { small, large }: Sides): Promise<Result | null> {
  const run = { small: runner(what, small), large: runner(what, large) }
  if (!(await run.small()) || !(await run.large())) return null
  const times: { small: number[]; large: number[] } = { small: [], large: [] }
  let status = 0
  let spent = 0
  const most = what.changes ? RUNS_OF_CHANGES : RUNS
  for (let turn = 0; turn < most && (turn < LEAST_RUNS || spent < ENOUGH_MS); turn++) {
    for (const side of TURNS[turn % 2] ?? []) {
      const one = await run[side]()
      if (!one) continue
      times[side].push(one.ms)
      spent += one.ms
      if (side === 'large') status = Math.max(status, one.status)
    }
  }
  const figures = { small: median(times.small), large: median(times.large), status }
  return { what, ...figures, kept: isKept(what.target, figures) }
}
