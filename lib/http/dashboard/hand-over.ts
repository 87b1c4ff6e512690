import { runtime } from '@/lib/base/node/runtime'
import { writeReply } from '@/lib/contracts/encode'
import { sendsMail } from '@/lib/kernel/mail/send'
import { sendBehind } from '@/lib/kernel/mail/send-behind'
import { handedInvitation } from '@/lib/people/members/invitations/contract'
import type { InvitationWithToken } from '@/lib/people/members/invitations/insert'

/**
 * Brings an invitation's link to its person: by mail, and then nobody else sees it; where no mail server is set, by the
 * reply, the only one that ever holds it.
 * @param organization its name
 */
export function handOver({ token, ...made }: InvitationWithToken, organization: string) {
  const link = `${runtime().appUrl}/invitations/${token}`
  if (!sendsMail()) return writeReply(handedInvitation, { ...made, link })
  sendBehind(async () => ({
    to: made.email,
    subject: `Join ${organization} on Latchkey`,
    text: textOf(made.invited_by, organization, link),
  }))
  return writeReply(handedInvitation, { ...made, link: null })
}

const textOf = (inviter: string | null, organization: string, link: string) => `Hello,

${inviter ?? 'An Admin'} invites you to join ${organization} on Latchkey. Accept here, within 7 days:

${link}

The link works once. If you did not expect it, do nothing: nobody has been made anything.
`
