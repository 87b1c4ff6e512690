import { DomainError } from '@/lib/base/errors'
import type { AuditContext } from '@/lib/kernel/audit/record'
import { databaseNow } from '@/lib/kernel/db/transaction'
import { countMail } from '@/lib/kernel/mail/count'
import { sendsMail } from '@/lib/kernel/mail/send'
import type { Invitation, InviteInput } from '@/lib/people/members/invitations/contract'
import { endOfLink, INVITATION_SELECT, showInvitation } from '@/lib/people/members/invitations/rows'
import { requireProvenAccount } from '@/lib/people/sign-in/email-proof'
import { hashToken, makeToken } from '@/lib/people/sign-in/one-time-token'

/** An invitation with the token of its link, which is kept nowhere, and whether that goes by mail. */
export type InvitationWithToken = Invitation & { token: string; mailed: boolean }

type InvitingContext = AuditContext & { organization: { id: string; slug: string } }

/**
 * Makes an invitation with its token, and stores it without. The caller has checked who may, and audits what it was for.
 * @throws DomainError already_exists for a member, and for who is invited already; email_unproven; rate_limited for
 *   mails
 */
export async function insertInvitation(
  ctx: InvitingContext,
  { accept_unproven_email: accepts_unproven = false, ...input }: InviteInput,
): Promise<InvitationWithToken> {
  const { id: organization_id, slug } = ctx.organization
  const member = await ctx.db.membership.findFirst({
    where: { organization_id, user: { email: input.email } },
    select: { user_id: true },
  })
  if (member) {
    const detail = `${input.email} is a member of ${slug} already.`
    throw new DomainError('already_exists', detail, { existing_id: member.user_id })
  }
  const mailed = sendsMail()
  const token = makeToken()
  const now = await databaseNow(ctx.db)
  const [row] = await ctx.db.invitation.createManyAndReturn({
    data: [
      {
        ...input,
        organization_id,
        token_hash: hashToken(token),
        mailed,
        accepts_unproven,
        invited_by: 'user_id' in ctx.actor ? ctx.actor.user_id : null,
        created_at: now,
        expires_at: endOfLink(now),
      },
    ],
    skipDuplicates: true,
    select: { ...INVITATION_SELECT, inviter: false },
  })
  if (!row) {
    const detail = `There is an invitation for ${input.email} already. Resend it, or withdraw it first.`
    throw new DomainError('already_exists', detail)
  }
  // A mailed link proves the address itself.
  if (mailed) await countMail(ctx.db, { to: input.email, organization: ctx.organization })
  else await requireProvenAccount(ctx.db, input.email, accepts_unproven)
  const whole = await ctx.db.invitation.findUniqueOrThrow({ where: { id: row.id }, select: INVITATION_SELECT })
  return { ...showInvitation(whole, now), token, mailed }
}
