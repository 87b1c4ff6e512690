import { notFound } from '@/lib/base/errors'
import type { OperationInput } from '@/lib/contracts/operation'
import { recordActivities } from '@/lib/kernel/activities/record'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { accountListsContract } from '@/lib/resources/account-lists/contract'
import { accountFields } from '@/lib/resources/account-lists/row'

type Input = OperationInput<typeof accountListsContract.operations.updateAccount>

/**
 * Applies a merge patch to an account on a list.
 * @throws DomainError not_found
 */
export function updateAccount(context: ResourceContext, { params, body }: Input) {
  const { id: list_id, account_id: id } = params
  return inTransaction(context, async (ctx) => {
    const [row] = await ctx.db.account.updateManyAndReturn({
      where: { ...ctx.tenant, list_id, id },
      data: body,
      select: accountFields,
    })
    if (!row) throw notFound('account on this list')
    await recordActivities(ctx, [
      { type: 'account.updated', subject: { kind: 'account', id }, data: { list_id, fields: Object.keys(body) } },
    ])
    return row
  })
}
