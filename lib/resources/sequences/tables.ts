import { table } from '@/lib/kernel/rows/kit'
import { sequenceRows, summaryRows } from '@/lib/resources/sequences/contract'
import { shownSteps } from '@/lib/work/steps/replace'

const { step_count, steps } = shownSteps('sequence')

export const summaries = table(summaryRows, { shown: { step_count } })
export const sequences = table(sequenceRows, { shown: { step_count, steps } })
