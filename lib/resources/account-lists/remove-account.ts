import { notFound } from '@/lib/base/errors'
import { recordActivities } from '@/lib/kernel/activities/record'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { inTransaction } from '@/lib/kernel/db/transaction'
import { lockAccountList } from '@/lib/resources/account-lists/lock'

/**
 * Takes one account off a list.
 * @throws DomainError not_found
 */
export function removeAccount(
  context: ResourceContext,
  { id: list_id, account_id: id }: { id: string; account_id: string },
): Promise<undefined> {
  return inTransaction(context, async (ctx) => {
    await lockAccountList(ctx, list_id)
    const { count } = await ctx.db.account.deleteMany({ where: { ...ctx.tenant, list_id, id } })
    if (count === 0) throw notFound('account on this list')
    await recordActivities(ctx, [
      { type: 'account.removed_from_list', subject: { kind: 'account', id }, data: { list_id } },
    ])
    return undefined
  })
}
