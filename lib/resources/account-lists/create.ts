import type { OperationInput } from '@/lib/contracts/operation'
import { recordActivities } from '@/lib/kernel/activities/record'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { accountListsContract } from '@/lib/resources/account-lists/contract'
import { showAccountList } from '@/lib/resources/account-lists/row'

type Body = OperationInput<typeof accountListsContract.operations.create>['body']

/** Adds an empty account list to the tenant. */
export function createAccountList(context: ResourceContext, body: Body) {
  return inTransaction(context, async (ctx) => {
    const row = await ctx.db.accountList.create({ data: { ...body, ...ctx.tenant } })
    await recordActivities(ctx, [{ type: 'account_list.created', subject: { kind: 'account_list', id: row.id } }])
    return showAccountList(row, 0)
  })
}
