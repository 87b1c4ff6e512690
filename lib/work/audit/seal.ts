import { z } from 'zod'
import { SECOND_MS } from '@/lib/base/time'
import { sealOn } from '@/lib/kernel/audit/chain/seal-on'
import { defineJob } from '@/lib/kernel/jobs/define'
import { handle } from '@/lib/kernel/jobs/handle'

const seal = defineJob({ name: 'audit.seal', data: z.strictObject({}), every: SECOND_MS, at_once: 1 })

/** Seals what has been recorded, again and again. */
export const sealHandler = handle(seal, async ({ db, signal, giveWay }) => {
  while (!signal.aborted && (await sealOn(db))) await giveWay()
})
