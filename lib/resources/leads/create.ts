import type { OperationInput } from '@/lib/contracts/operation'
import { recordActivities } from '@/lib/kernel/activities/record'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { leadsContract } from '@/lib/resources/leads/contract'
import { showLead } from '@/lib/resources/leads/row'

type Body = OperationInput<typeof leadsContract.operations.create>['body']

/** Adds a lead to the tenant. */
export function createLead(context: ResourceContext, body: Body) {
  return inTransaction(context, async (ctx) => {
    const row = await ctx.db.lead.create({ data: { ...body, ...ctx.tenant } })
    await recordActivities(ctx, [{ type: 'lead.created', subject: { kind: 'lead', id: row.id } }])
    return showLead(row)
  })
}
