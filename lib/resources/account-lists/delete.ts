import { notFound } from '@/lib/base/errors'
import { recordActivities } from '@/lib/kernel/activities/record'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { inTransaction } from '@/lib/kernel/db/transaction'

/** @throws DomainError not_found */
export function deleteAccountList(context: ResourceContext, { id }: { id: string }): Promise<undefined> {
  return inTransaction(context, async (ctx) => {
    const { count } = await ctx.db.accountList.deleteMany({ where: { ...ctx.tenant, id } })
    if (count === 0) throw notFound('account list')
    await recordActivities(ctx, [{ type: 'account_list.deleted', subject: { kind: 'account_list', id } }])
    return undefined
  })
}
