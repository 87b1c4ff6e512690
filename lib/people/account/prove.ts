import { inTransaction } from '@/lib/kernel/db/transaction'
import { checkPassword } from '@/lib/people/account/check-password'
import type { AccountContext } from '@/lib/people/account/context'
import type { ProveInput } from '@/lib/people/account/contract'
import { recordOnAccount } from '@/lib/people/account/record-on-account'
import { proveSession } from '@/lib/people/sign-in/sessions'

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
