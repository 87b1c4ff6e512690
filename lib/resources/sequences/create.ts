import type { OperationInput } from '@/lib/contracts/operation'
import { recordActivities } from '@/lib/kernel/activities/record'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { sequencesContract } from '@/lib/resources/sequences/contract'
import { showSequence } from '@/lib/resources/sequences/row'
import { insertSteps } from '@/lib/resources/sequences/steps'

type Body = OperationInput<typeof sequencesContract.operations.create>['body']

/** Adds an active sequence to the tenant. */
export function createSequence(context: ResourceContext, { steps, ...fields }: Body) {
  return inTransaction(context, async (ctx) => {
    const row = await ctx.db.sequence.create({ data: { ...fields, ...ctx.tenant } })
    const { id, name } = row
    const inserted = await insertSteps(ctx, id, steps)
    await recordActivities(ctx, [{ type: 'sequence.created', subject: { kind: 'sequence', id }, data: { name } }])
    return showSequence(row, inserted)
  })
}
