import { validationFailed } from '@/lib/base/errors'
import { requireProof } from '@/lib/kernel/actors/require-proof'
import { inTransaction } from '@/lib/kernel/db/transaction'
import { checkPassword } from '@/lib/people/account/check-password'
import type { AccountContext } from '@/lib/people/account/context'
import type { ChangePasswordInput } from '@/lib/people/account/contract'
import { recordOnAccount } from '@/lib/people/account/record-on-account'
import { hashPassword } from '@/lib/people/sign-in/password'
import { proveSession } from '@/lib/people/sign-in/sessions'

/**
 * Sets the person's password, and ends every session but this one. Who has a password gives it; who has none has lately
 * shown who they are in another way.
 * @throws DomainError validation_failed when the current password is another; rate_limited; proof_required
 */
export async function changePassword(
  context: AccountContext,
  { current_password, new_password }: ChangePasswordInput,
): Promise<void> {
  const old_hash = await currentHash(context, current_password)
  const new_hash = await hashPassword(new_password)
  return inTransaction(context, async (ctx) => {
    const { user_id } = ctx.actor
    const { count } = await ctx.db.user.updateMany({
      where: { id: user_id, password_hash: old_hash },
      data: { password_hash: new_hash },
    })
    if (count === 0) {
      throw validationFailed([{ path: 'current_password', message: 'Your password was changed in the meantime.' }])
    }
    const others = { user_id, id: { not: ctx.session.id } }
    const { count: sessions_ended } = await ctx.db.session.deleteMany({ where: others })
    // Whoever has seen a link to a new password may be the reason for this one.
    await ctx.db.passwordReset.deleteMany({ where: { user_id } })
    await proveSession(ctx.db, ctx.session.id)
    await recordOnAccount(ctx, { action: 'user.password_changed', after: { sessions_ended } })
  })
}

async function currentHash(context: AccountContext, password: string | null): Promise<string | null> {
  if (password !== null) return checkPassword(context, { password, field: 'current_password' })
  requireProof(context.session)
  // Where there is a password after all, the update finds no row without one.
  return null
}
