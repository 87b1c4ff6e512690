import type { Context } from '@/lib/kernel/actors/context'
import { requireManagePeople } from '@/lib/kernel/actors/permissions'
import { requireProofToWiden } from '@/lib/kernel/actors/require-proof'
import { recordAudit } from '@/lib/kernel/audit/record'
import { databaseNow, inTransaction } from '@/lib/kernel/db/transaction'
import type { InvitationWithToken } from '@/lib/people/members/invitations/insert'
import {
  endOfLink,
  INVITATION_SELECT,
  invitationTarget,
  lockPending,
  showInvitation,
} from '@/lib/people/members/invitations/rows'
import { lockPeople } from '@/lib/people/members/rows'
import { NO_STANDING, widensStanding } from '@/lib/people/members/widens-standing'
import { hashToken, makeToken } from '@/lib/people/sign-in/one-time-token'

/**
 * Gives an invitation a new link and seven days more. The old link is dead from then on.
 * @throws DomainError not_found, role_forbids, proof_required
 */
export function resendInvitation(context: Context, { id }: { id: string }): Promise<InvitationWithToken> {
  requireManagePeople(context)
  return inTransaction(context, async (ctx) => {
    await lockPeople(ctx)
    requireProofToWiden(ctx, widensStanding(NO_STANDING, await lockPending(ctx, id)))
    const token = makeToken()
    const now = await databaseNow(ctx.db)
    const row = await ctx.db.invitation.update({
      where: { id },
      data: { token_hash: hashToken(token), expires_at: endOfLink(now) },
      select: INVITATION_SELECT,
    })
    await recordAudit(ctx, {
      action: 'invitation.resent',
      target: invitationTarget(row),
      after: row,
    })
    return { ...showInvitation(row, now), token }
  })
}
