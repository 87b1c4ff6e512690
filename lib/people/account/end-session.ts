import { notFound } from '@/lib/base/errors'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { AccountContext } from '@/lib/people/account/context'
import { recordOnAccount } from '@/lib/people/account/record-on-account'

/** Ends one of the person's sessions, for every copy of its cookie. @throws DomainError not_found, also for another's */
export function endSession(context: AccountContext, { id }: { id: string }): Promise<void> {
  return inTransaction(context, async (ctx) => {
    const { count } = await ctx.db.session.deleteMany({ where: { id, user_id: ctx.actor.user_id } })
    if (count === 0) throw notFound('session')
    await recordOnAccount(ctx, { action: 'session.ended', after: { sessions_ended: 1 } })
  })
}
