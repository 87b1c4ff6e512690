import type { Context } from '@/lib/kernel/actors/context'
import { requireManagePeople } from '@/lib/kernel/actors/permissions'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { InviteInput } from '@/lib/people/members/invitations/contract'
import { type InvitationWithToken, insertInvitation } from '@/lib/people/members/invitations/insert'
import { lockPeople } from '@/lib/people/members/rows'

/**
 * Invites somebody into the organisation, with a role. The reply is the only place that ever holds the link's token.
 * @throws DomainError role_forbids; already_exists for a member, and for who is invited already
 */
export function invite(context: Context, input: InviteInput): Promise<InvitationWithToken> {
  requireManagePeople(context)
  return inTransaction(context, async (ctx) => {
    await lockPeople(ctx)
    return insertInvitation(ctx, input)
  })
}
