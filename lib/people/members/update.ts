import type { Context } from '@/lib/kernel/actors/context'
import { requireManagePeople } from '@/lib/kernel/actors/permissions'
import { requireProofToWiden } from '@/lib/kernel/actors/require-proof'
import { recordAudit } from '@/lib/kernel/audit/record'
import type { Role } from '@/lib/kernel/db/generated/enums'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { KeyDecisions } from '@/lib/people/members/contract'
import { endInvitations } from '@/lib/people/members/invitations/end'
import { carryOutDecisions, lockDecidedKeys } from '@/lib/people/members/key-decisions'
import { findMember, lockPeople, type Member, memberTarget, requireAnotherAdmin } from '@/lib/people/members/rows'
import { widensStanding } from '@/lib/people/members/widens-standing'

type Changes = { role?: Role; developer?: boolean }

type Input = {
  id: string
  changes: Changes
  /** What becomes of the keys that the person could no longer make; absent: all are kept. */
  keys?: KeyDecisions
}

/**
 * Changes the role or the Developer permission of a member; it holds from that person's next request on.
 * @throws DomainError not_found, role_forbids, proof_required; wrong_state when the last Admin would be one no longer, and for a key
 *   about which nothing was decided
 */
export function updateMember(context: Context, { id, changes, keys }: Input): Promise<Member> {
  requireManagePeople(context)
  return inTransaction(context, async (ctx) => {
    await lockDecidedKeys(ctx, id, keys)
    await lockPeople(ctx)
    const before = await findMember(ctx.db, ctx.organization.id, id)
    const { role = before.role, developer = before.developer } = changes
    if (role !== 'admin') await requireAnotherAdmin(ctx, before)
    const after = { ...before, role, developer }
    requireProofToWiden(ctx, widensStanding(before, after))
    await ctx.db.membership.update({
      where: { organization_id_user_id: { organization_id: ctx.organization.id, user_id: before.id } },
      data: { role, developer },
    })
    if (role !== 'admin') await endInvitations(ctx, { invited_by: before.id })
    const decided = await carryOutDecisions(ctx, { before, after, keys })
    const change = { target: memberTarget(after), before, after: { ...after, ...decided } }
    await recordAudit(ctx, { action: 'member.updated', ...change })
    return after
  })
}
