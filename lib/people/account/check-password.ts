import { validationFailed } from '@/lib/base/errors'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { AccountContext } from '@/lib/people/account/context'
import { recordOnAccount } from '@/lib/people/account/record-on-account'
import { countProof, forgetProofs } from '@/lib/people/sign-in/attempts'
import { verifyPassword } from '@/lib/people/sign-in/password'

/**
 * Checks the person's own password. Attempts are limited as those to sign in are.
 * @param field where a refusal says that it is wrong
 * @returns the hash that it was compared with
 * @throws DomainError validation_failed when it is another or there is none; rate_limited
 */
export async function checkPassword(
  context: AccountContext,
  { password, field }: { password: string; field: string },
): Promise<string> {
  const { db, actor } = context
  await countProof(actor.user_id, () =>
    inTransaction(context, (ctx) => recordOnAccount(ctx, { action: 'session.proof_locked' })),
  )
  const { password_hash } = await db.user.findUniqueOrThrow({
    where: { id: actor.user_id },
    select: { password_hash: true },
  })
  const matches = await verifyPassword(password_hash, password)
  if (!matches || password_hash === null) {
    throw validationFailed([{ path: field, message: 'This is not your password.' }])
  }
  await forgetProofs(actor.user_id)
  return password_hash
}
