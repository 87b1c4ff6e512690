import { notFound } from '@/lib/base/errors'
import type { OperationInput } from '@/lib/contracts/operation'
import { recordActivities } from '@/lib/kernel/activities/record'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { accountListsContract } from '@/lib/resources/account-lists/contract'
import { countAccounts, showAccountList } from '@/lib/resources/account-lists/row'

type Body = OperationInput<typeof accountListsContract.operations.update>['body']

/**
 * Applies a merge patch to an account list.
 * @throws DomainError not_found
 */
export function updateAccountList(context: ResourceContext, { id, changes }: { id: string; changes: Body }) {
  return inTransaction(context, async (ctx) => {
    const { db, tenant } = ctx
    const [row] = await db.accountList.updateManyAndReturn({ where: { ...tenant, id }, data: changes })
    if (!row) throw notFound('account list')
    await recordActivities(ctx, [
      { type: 'account_list.updated', subject: { kind: 'account_list', id }, data: { fields: Object.keys(changes) } },
    ])
    return showAccountList(row, await countAccounts(db, tenant, id))
  })
}
