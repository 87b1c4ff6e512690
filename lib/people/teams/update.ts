import { isDeepStrictEqual } from 'node:util'
import type { Context } from '@/lib/kernel/actors/context'
import { requireManagePeople } from '@/lib/kernel/actors/permissions'
import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction } from '@/lib/kernel/db/transaction'
import { lockPeople } from '@/lib/people/members/rows'
import { changeMembers, type Membership } from '@/lib/people/teams/change-members'
import { findForChange, requireFreeName, showTeam, TEAM_SELECT, type Team, teamTarget } from '@/lib/people/teams/rows'

type Changes = { name?: string | undefined; description?: string | null | undefined }

type Input = Membership & {
  id: string
  changes?: Changes
  /** Versions of which the team must have one; null: any. */
  versions?: readonly number[] | null
}

/**
 * Changes a team, and who is on it: all of that, or nothing.
 * @throws DomainError role_forbids, not_found, already_exists, precondition_failed
 */
export function updateTeam(context: Context, input: Input): Promise<Team> {
  const { id, changes = {}, versions = null, ...membership } = input
  requireManagePeople(context)
  return inTransaction(context, async (ctx) => {
    await lockPeople(ctx)
    const before = await findForChange(ctx, id, versions)
    if (changes.name !== undefined) await requireFreeName(ctx, changes.name, before.id)
    const { members_added, members_removed } = await changeMembers(ctx, before.id, membership)
    const moved = members_added.length + members_removed.length > 0
    // An edit that changes nothing is none.
    if (!moved && isDeepStrictEqual({ ...before, ...changes }, before)) return before
    const row = await ctx.db.team.update({ where: { id: before.id }, data: changes, select: TEAM_SELECT })
    const team = showTeam(row)
    await recordAudit(ctx, {
      action: 'team.updated',
      target: teamTarget(team),
      before,
      after: { ...team, members_added, members_removed },
    })
    return team
  })
}
