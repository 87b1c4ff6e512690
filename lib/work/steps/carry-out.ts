import { z } from 'zod'
import { SECOND_MS } from '@/lib/base/time'
import { defineJob } from '@/lib/kernel/jobs/define'
import { handle } from '@/lib/kernel/jobs/handle'
import { carryOutBatch } from '@/lib/work/steps/batch'
import { dueOwners } from '@/lib/work/steps/due'

/** How soon after a step is due it is carried out. */
const EVERY_MS = 5 * SECOND_MS

/** A round ends by then; what is due still is for the next one. */
const LONGEST_MS = 20 * SECOND_MS

const carryOutSteps = defineJob({
  name: 'sequences.carry_out',
  data: z.strictObject({}),
  every: EVERY_MS,
  at_once: 1,
})

/** Carries out all steps that are due: of each sequence and flow a batch in turn, so that a long one keeps no other waiting. */
export const stepsHandler = handle(carryOutSteps, async ({ db, signal, giveWay }) => {
  const until = performance.now() + LONGEST_MS
  let moved = -1
  while (moved !== 0) {
    moved = 0
    for (const owner of await dueOwners(db)) {
      if (signal.aborted || performance.now() > until) return
      await giveWay()
      moved += await carryOutBatch(db, owner)
    }
  }
})
