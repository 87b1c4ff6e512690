import type { Context } from '@/lib/kernel/actors/context'
import { requireManagePeople } from '@/lib/kernel/actors/permissions'
import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { KeyDecisions } from '@/lib/people/members/contract'
import { endInvitations } from '@/lib/people/members/invitations/end'
import { carryOutDecisions, lockDecidedKeys } from '@/lib/people/members/key-decisions'
import { findMember, lockPeople, memberTarget, requireAnotherAdmin } from '@/lib/people/members/rows'

/**
 * Ends a membership. The person's account stays, and so do the keys that the person made, but for those that `keys`
 * says to revoke: they are the organisation's.
 * @throws DomainError not_found, role_forbids; wrong_state for the last Admin, and for a key about which nothing was
 *   decided
 */
export function removeMember(context: Context, { id, keys }: { id: string; keys?: KeyDecisions }): Promise<undefined> {
  requireManagePeople(context)
  return inTransaction(context, async (ctx) => {
    await lockDecidedKeys(ctx, id, keys)
    await lockPeople(ctx)
    const member = await findMember(ctx.db, ctx.organization.id, id)
    await requireAnotherAdmin(ctx, member)
    await ctx.db.membership.delete({
      where: { organization_id_user_id: { organization_id: ctx.organization.id, user_id: member.id } },
    })
    await endInvitations(ctx, { OR: [{ invited_by: member.id }, { email: member.email }] })
    const after = await carryOutDecisions(ctx, { before: member, after: null, keys })
    await recordAudit(ctx, { action: 'member.removed', target: memberTarget(member), before: member, after })
    return undefined
  })
}
