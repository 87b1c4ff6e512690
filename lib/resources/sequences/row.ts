import { readStored } from '@/lib/contracts/encode'
import type { Sequence, Step } from '@/lib/kernel/db/generated/client'
import { step } from '@/lib/resources/sequences/contract'

/** A step as callers see it: what its kind has no use for is null in the row and absent here. */
function showStep({ kind, subject, body, title, hours }: Step) {
  const columns = Object.entries({ kind, subject, body, title, hours }).filter(([, value]) => value !== null)
  return readStored(step, Object.fromEntries(columns))
}

/** A row as lists show it. */
export const showSummary = ({ organization_id: _, environment: __, ...row }: Sequence, step_count: number) => ({
  ...row,
  step_count,
})

/** A row as callers see it. */
export const showSequence = (row: Sequence, steps: Step[]) => ({
  ...showSummary(row, steps.length),
  steps: steps.map(showStep),
})
