import { notFound } from '@/lib/base/errors'
import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { PlatformContext } from '@/lib/people/organizations/platform-context'
import type { RequestResetInput } from '@/lib/people/password-resets/contract'
import { insertReset } from '@/lib/people/password-resets/insert'

type Issued = { email: string; link: string; expires_at: Date }

/** For operators, to hand to a person who cannot be mailed. The link is in the reply alone. @throws DomainError not_found */
export function issueResetLink(context: PlatformContext, { email }: RequestResetInput): Promise<Issued> {
  return inTransaction(context, async (ctx) => {
    const user = await ctx.db.user.findUnique({ where: { email }, select: { id: true } })
    if (!user) throw notFound('person')
    const issued = await insertReset(ctx.db, { user_id: user.id, mailed: false })
    await recordAudit(
      { ...ctx, organization: null },
      { action: 'user.password_reset_issued', target: { id: user.id, label: email } },
    )
    return { email, ...issued }
  })
}
