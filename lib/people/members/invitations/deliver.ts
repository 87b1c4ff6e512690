import { runtime } from '@/lib/base/node/runtime'
import { sendBehind } from '@/lib/kernel/mail/send-behind'
import { type DeliveredInvitation, INVITATION_DAYS } from '@/lib/people/members/invitations/contract'
import type { InvitationWithToken } from '@/lib/people/members/invitations/insert'

/**
 * Brings an invitation's link to its person: by mail, and then nobody else sees it; where no mail server is set, by
 * whoever invites, who gets it here and nowhere else.
 * @param organization its name
 * @returns the invitation, with its link where it was not mailed
 */
export function deliverInvitation(
  { token, mailed, ...made }: InvitationWithToken,
  organization: string,
): DeliveredInvitation {
  const link = `${runtime().appUrl}/invitations/${token}`
  if (!mailed) return { ...made, link }
  sendBehind(async () => ({
    to: made.email,
    subject: `Join ${organization} on Latchkey`,
    text: textOf(made.invited_by, organization, link),
  }))
  return { ...made, link: null }
}

const textOf = (inviter: string | null, organization: string, link: string) => `Hello,

${inviter ?? 'An Admin'} invites you to join ${organization} on Latchkey. Accept here, within ${INVITATION_DAYS} days:

${link}

The link works once. If you did not expect it, do nothing: nobody has been made anything.
`
