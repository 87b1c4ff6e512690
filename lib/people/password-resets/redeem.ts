import { DomainError } from '@/lib/base/errors'
import type { Origin } from '@/lib/kernel/actors/context'
import { recordAudit } from '@/lib/kernel/audit/record'
import { type Database, inTransaction, type Transaction } from '@/lib/kernel/db/transaction'
import type { RedeemResetInput } from '@/lib/people/password-resets/contract'
import { forgetAccountAttempts } from '@/lib/people/sign-in/attempts'
import { noteEmailProved } from '@/lib/people/sign-in/email-proof'
import { hashToken } from '@/lib/people/sign-in/one-time-token'
import { hashPassword } from '@/lib/people/sign-in/password'

/**
 * Sets a new password by a link, which is then used up with every other of the person, and ends all their sessions.
 * @throws DomainError not_found when the link was used, is over, or never was
 */
export async function redeemReset(
  context: { db: Database; origin: Origin },
  { token, password }: RedeemResetInput,
): Promise<void> {
  // Hashing takes the server's time, so nobody gets it for a made-up token.
  if ((await context.db.passwordReset.count({ where: { token_hash: hashToken(token) } })) === 0) throw overdue()
  const password_hash = await hashPassword(password)
  const email = await inTransaction(context, async (ctx) => {
    const { user_id, mailed } = await takeToken(ctx.db, token)
    if (mailed) await noteEmailProved(ctx.db, user_id)
    const { email } = await ctx.db.user.update({
      where: { id: user_id },
      data: { password_hash },
      select: { email: true },
    })
    await ctx.db.passwordReset.deleteMany({ where: { user_id } })
    const { count: sessions_ended } = await ctx.db.session.deleteMany({ where: { user_id } })
    await recordAudit(
      { ...ctx, actor: { kind: 'person', user_id, email }, organization: null },
      {
        action: 'user.password_reset',
        target: { id: user_id, label: email },
        after: { sessions_ended },
      },
    )
    return email
  })
  await forgetAccountAttempts(email)
}

const overdue = () =>
  new DomainError('not_found', 'This link has been used, or is older than 30 minutes. Ask for a new one.')

type Taken = { user_id: string; mailed: boolean }

/** Two that come at once take it once: the second finds the row gone. */
async function takeToken(db: Transaction, token: string): Promise<Taken> {
  const rows = await db.$queryRaw<Taken[]>`
    DELETE FROM password_resets WHERE token_hash = ${hashToken(token)} AND expires_at > clock_timestamp()
    RETURNING user_id, mailed`
  if (!rows[0]) throw overdue()
  return rows[0]
}
