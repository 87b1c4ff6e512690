import { notFound } from '@/lib/base/errors'
import { recordActivities } from '@/lib/kernel/activities/record'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { inTransaction } from '@/lib/kernel/db/transaction'

/** @throws DomainError not_found */
export function deleteExclusion(context: ResourceContext, { id }: { id: string }): Promise<undefined> {
  return inTransaction(context, async (ctx) => {
    const { db, tenant } = ctx
    const rule = await db.exclusion.findFirst({ where: { ...tenant, id }, select: { kind: true, value: true } })
    const { count } = await db.exclusion.deleteMany({ where: { ...tenant, id } })
    if (!rule || count === 0) throw notFound('exclusion')
    await recordActivities(ctx, [{ type: 'exclusion.deleted', subject: { kind: 'exclusion', id }, data: rule }])
    return undefined
  })
}
