/** How long tickets took: in each step, how many. The migration that made the counts says which step is which. */
export type Counts = readonly number[]

/** How many there are. */
export const STEPS = 70

const FIRST_STEP_SECONDS = 60
const STEPS_TO_DOUBLE = 4

/** What is told of a step: the geometric middle of its bounds, within 9.1 % of everything in it. */
const secondsOf = (step: number): number =>
  step === 0 ? FIRST_STEP_SECONDS / 2 : Math.round(FIRST_STEP_SECONDS * 2 ** ((step - 0.5) / STEPS_TO_DOUBLE))

/**
 * The time that this share of the tickets took at most, by nearest rank.
 * @param share above 0, up to 1
 * @returns seconds; null where there are no tickets
 */
export function percentile(counts: Counts, share: number): number | null {
  const rank = Math.ceil(counts.reduce((sum, count) => sum + count, 0) * share)
  let passed = 0
  for (const [step, count] of counts.entries()) {
    passed += count
    if (count > 0 && passed >= rank) return secondsOf(step)
  }
  return null
}
