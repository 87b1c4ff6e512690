import type { Context } from '@/lib/kernel/actors/context'
import { requireManagePeople } from '@/lib/kernel/actors/permissions'
import { requireProofToWiden } from '@/lib/kernel/actors/require-proof'
import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { InviteInput } from '@/lib/people/members/invitations/contract'
import { type InvitationWithToken, insertInvitation } from '@/lib/people/members/invitations/insert'
import { invitationTarget } from '@/lib/people/members/invitations/rows'
import { lockPeople } from '@/lib/people/members/rows'
import { NO_STANDING, widensStanding } from '@/lib/people/members/widens-standing'

/**
 * Invites somebody into the organisation, with a role. The reply is the only place that ever holds the link's token.
 * @throws DomainError role_forbids, proof_required; already_exists for a member, and for who is invited already
 */
export function invite(context: Context, input: InviteInput): Promise<InvitationWithToken> {
  requireManagePeople(context)
  return inTransaction(context, async (ctx) => {
    await lockPeople(ctx)
    const made = await insertInvitation(ctx, input)
    await recordAudit(ctx, { action: 'invitation.created', target: invitationTarget(made), after: made })
    requireProofToWiden(ctx, widensStanding(NO_STANDING, input))
    return made
  })
}
