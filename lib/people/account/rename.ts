import { inTransaction } from '@/lib/kernel/db/transaction'
import type { AccountContext } from '@/lib/people/account/context'
import type { Account, RenameInput } from '@/lib/people/account/contract'
import { getAccount } from '@/lib/people/account/get'
import { recordOnAccount } from '@/lib/people/account/record-on-account'

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
