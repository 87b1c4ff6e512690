import type { Context } from '@/lib/kernel/actors/context'
import { recordAudit } from '@/lib/kernel/audit/record'
import type { Prisma } from '@/lib/kernel/db/generated/client'
import { databaseNow, type Transaction } from '@/lib/kernel/db/transaction'
import { auditedInvitation, INVITATION_SELECT, invitationTarget, PENDING } from '@/lib/people/members/invitations/rows'

/**
 * Ends the pending invitations of the organisation that `which` names, audited: those of somebody who may invite no
 * longer, and those for somebody who has become a member in another way or has just been removed.
 */
export async function endInvitations(
  ctx: Context & { db: Transaction },
  which: Prisma.InvitationWhereInput,
): Promise<void> {
  const where = { organization_id: ctx.organization.id, ...PENDING, AND: [which] }
  const rows = await ctx.db.invitation.findMany({ where, select: INVITATION_SELECT, orderBy: { id: 'asc' } })
  if (rows.length === 0) return
  const withdrawn_at = await databaseNow(ctx.db)
  await ctx.db.invitation.updateMany({
    where: { id: { in: rows.map(({ id }) => id) }, ...PENDING },
    data: { withdrawn_at },
  })
  for (const row of rows) {
    await recordAudit(ctx, {
      action: 'invitation.withdrawn',
      target: invitationTarget(row),
      before: auditedInvitation(row),
    })
  }
}
