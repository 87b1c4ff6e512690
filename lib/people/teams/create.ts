import { DomainError } from '@/lib/base/errors'
import type { Context } from '@/lib/kernel/actors/context'
import { requireManagePeople } from '@/lib/kernel/actors/permissions'
import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction } from '@/lib/kernel/db/transaction'
import { lockPeople } from '@/lib/people/members/rows'
import { changeMembers } from '@/lib/people/teams/change-members'
import { findTeam, requireFreeName, type Team, teamTarget } from '@/lib/people/teams/rows'

/** Whoever looks at all teams, in the dashboard of the support desk, sees all of them at once. */
const MOST_TEAMS = 100

type Input = { name: string; description?: string | null | undefined; add?: readonly string[] }

/**
 * Makes a team of members of the organisation.
 * @throws DomainError role_forbids, already_exists; not_found for somebody who is no member; wrong_state when there are
 *   as many teams as there may be
 */
export function createTeam(context: Context, { add, ...fields }: Input): Promise<Team> {
  requireManagePeople(context)
  return inTransaction(context, async (ctx) => {
    await lockPeople(ctx)
    const organization_id = ctx.organization.id
    await requireFreeName(ctx, fields.name)
    if ((await ctx.db.team.count({ where: { organization_id } })) >= MOST_TEAMS) {
      throw new DomainError('wrong_state', `An organisation has at most ${MOST_TEAMS} teams. Delete one first.`)
    }
    const { id } = await ctx.db.team.create({ data: { ...fields, organization_id }, select: { id: true } })
    const { members_added } = await changeMembers(ctx, id, { add })
    const team = await findTeam(ctx.db, organization_id, id)
    await recordAudit(ctx, { action: 'team.created', target: teamTarget(team), after: { ...team, members_added } })
    return team
  })
}
