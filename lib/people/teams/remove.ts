import type { Context } from '@/lib/kernel/actors/context'
import { requireManagePeople } from '@/lib/kernel/actors/permissions'
import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction } from '@/lib/kernel/db/transaction'
import { lockPeople } from '@/lib/people/members/rows'
import { findForChange, teamTarget } from '@/lib/people/teams/rows'

type Input = { id: string; versions?: readonly number[] | null }

/**
 * Deletes a team. Its people stay in the organisation, and what it had to do stays without a team.
 * @throws DomainError role_forbids, not_found, precondition_failed
 */
export function removeTeam(context: Context, { id, versions = null }: Input): Promise<undefined> {
  requireManagePeople(context)
  return inTransaction(context, async (ctx) => {
    await lockPeople(ctx)
    const team = await findForChange(ctx, id, versions)
    await ctx.db.team.delete({ where: { id: team.id } })
    await recordAudit(ctx, { action: 'team.deleted', target: teamTarget(team), before: team })
    return undefined
  })
}
