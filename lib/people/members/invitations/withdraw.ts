import type { Context } from '@/lib/kernel/actors/context'
import { requireManagePeople } from '@/lib/kernel/actors/permissions'
import { recordAudit } from '@/lib/kernel/audit/record'
import { databaseNow, inTransaction } from '@/lib/kernel/db/transaction'
import { invitationTarget, lockPending } from '@/lib/people/members/invitations/rows'
import { lockPeople } from '@/lib/people/members/rows'

/**
 * Ends an invitation: its link is dead from then on.
 * @throws DomainError not_found, role_forbids
 */
export function withdrawInvitation(context: Context, { id }: { id: string }): Promise<undefined> {
  requireManagePeople(context)
  return inTransaction(context, async (ctx) => {
    await lockPeople(ctx)
    const row = await lockPending(ctx, id)
    await ctx.db.invitation.update({ where: { id }, data: { withdrawn_at: await databaseNow(ctx.db) } })
    await recordAudit(ctx, {
      action: 'invitation.withdrawn',
      target: invitationTarget(row),
      before: row,
    })
    return undefined
  })
}
