import { inTransaction } from '@/lib/kernel/db/transaction'
import type { AccountContext } from '@/lib/people/account/context'
import { recordOnAccount } from '@/lib/people/account/record-on-account'

/** Signs the person out everywhere but here. @returns how many sessions that were */
export function endOtherSessions(context: AccountContext): Promise<{ ended: number }> {
  return inTransaction(context, async (ctx) => {
    const { count } = await ctx.db.session.deleteMany({
      where: { user_id: ctx.actor.user_id, id: { not: ctx.session.id } },
    })
    await recordOnAccount(ctx, { action: 'session.others_ended', after: { sessions_ended: count } })
    return { ended: count }
  })
}
