import type { Context } from '@/lib/kernel/actors/context'
import { requireManagePeople } from '@/lib/kernel/actors/permissions'
import { requireProofToWiden } from '@/lib/kernel/actors/require-proof'
import { recordAudit } from '@/lib/kernel/audit/record'
import { databaseNow, inTransaction } from '@/lib/kernel/db/transaction'
import { countMail } from '@/lib/kernel/mail/count'
import { sendsMail } from '@/lib/kernel/mail/send'
import type { ResendInput } from '@/lib/people/members/invitations/contract'
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
import { requireProvenAccount } from '@/lib/people/sign-in/email-proof'
import { hashToken, makeToken } from '@/lib/people/sign-in/one-time-token'

/**
 * Gives an invitation a new link and seven days more. The old link is dead from then on.
 * @throws DomainError not_found, role_forbids, proof_required, email_unproven, rate_limited
 */
export function resendInvitation(
  context: Context,
  { id, accept_unproven_email: accepts_unproven = false }: { id: string } & ResendInput,
): Promise<InvitationWithToken> {
  requireManagePeople(context)
  return inTransaction(context, async (ctx) => {
    await lockPeople(ctx)
    const pending = await lockPending(ctx, id)
    requireProofToWiden(ctx, widensStanding(NO_STANDING, pending))
    const mailed = sendsMail()
    if (mailed) await countMail(ctx.db, { to: pending.email, organization: ctx.organization })
    else await requireProvenAccount(ctx.db, pending.email, accepts_unproven)
    const token = makeToken()
    const now = await databaseNow(ctx.db)
    const row = await ctx.db.invitation.update({
      where: { id },
      data: { token_hash: hashToken(token), mailed, accepts_unproven, expires_at: endOfLink(now) },
      select: INVITATION_SELECT,
    })
    await recordAudit(ctx, {
      action: 'invitation.resent',
      target: invitationTarget(row),
      after: row,
    })
    return { ...showInvitation(row, now), token, mailed }
  })
}
