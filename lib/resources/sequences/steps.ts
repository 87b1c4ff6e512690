import type { z } from 'zod'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import type { Transaction } from '@/lib/kernel/db/transaction'
import type { step } from '@/lib/resources/sequences/contract'

/** The steps of a sequence, in their order. */
export const findSteps = ({ db, tenant }: ResourceContext, sequence_id: string) =>
  db.step.findMany({ where: { ...tenant, sequence_id }, orderBy: { position: 'asc' } })

/** Makes `steps` the steps of a sequence that has none. */
export const insertSteps = (
  { db, tenant }: ResourceContext & { db: Transaction },
  sequence_id: string,
  steps: z.output<typeof step>[],
) =>
  db.step.createManyAndReturn({
    data: steps.map((step, index) => ({ ...step, ...tenant, sequence_id, position: index + 1 })),
  })
