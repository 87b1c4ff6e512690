import type { AccountContext } from '@/lib/account/context'
import type { Account, RenameInput } from '@/lib/account/contract'
import { getAccount } from '@/lib/account/get'
import { recordOnAccount } from '@/lib/account/record'
import { inTransaction } from '@/lib/db/transaction'

/** Changes the person's own name. */
export function rename(context: AccountContext, { name }: RenameInput): Promise<Account> {
  return inTransaction(context, async (ctx) => {
    const before = await getAccount(ctx)
    if (before.name === name) return before
    await ctx.db.user.update({ where: { id: ctx.actor.user_id }, data: { name } })
    await recordOnAccount(ctx, { action: 'user.renamed', before: { name: before.name }, after: { name } })
    return { ...before, name }
  })
}
