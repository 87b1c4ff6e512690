import { notFound } from '@/lib/base/errors'
import { recordActivities } from '@/lib/kernel/activities/record'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { inTransaction } from '@/lib/kernel/db/transaction'

/** @throws DomainError not_found */
export function deleteLead(context: ResourceContext, { id }: { id: string }): Promise<undefined> {
  return inTransaction(context, async (ctx) => {
    const { count } = await ctx.db.lead.deleteMany({ where: { ...ctx.tenant, id } })
    if (count === 0) throw notFound('lead')
    await recordActivities(ctx, [{ type: 'lead.deleted', subject: { kind: 'lead', id } }])
    return undefined
  })
}
