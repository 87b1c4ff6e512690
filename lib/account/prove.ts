import { checkPassword } from '@/lib/account/check-password'
import type { AccountContext } from '@/lib/account/context'
import type { ProveInput } from '@/lib/account/contract'
import { recordOnAccount } from '@/lib/account/record'
import { inTransaction } from '@/lib/db/transaction'
import { proveSession } from '@/lib/sign-in/sessions'

/**
 * Shows by the password that it is still the same person; it holds for this session and fifteen minutes.
 * @throws DomainError validation_failed when the password is another; rate_limited
 */
export async function prove(context: AccountContext, { password }: ProveInput): Promise<void> {
  await checkPassword(context, { password, field: 'password' })
  return inTransaction(context, async (ctx) => {
    await proveSession(ctx.db, ctx.session.id)
    await recordOnAccount(ctx, { action: 'session.proved' })
  })
}
