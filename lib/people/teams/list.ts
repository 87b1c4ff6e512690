import type { Page } from '@/lib/contracts/page'
import type { Context } from '@/lib/kernel/actors/context'
import { requireSeeTeams } from '@/lib/kernel/actors/permissions'
import { keyset, toPage } from '@/lib/kernel/listing/keyset'
import type { TeamQuery } from '@/lib/people/teams/contract'
import { showTeam, TEAM_SELECT, type Team } from '@/lib/people/teams/rows'

/**
 * A page of the organisation's teams.
 * @throws DomainError role_forbids, invalid_cursor
 */
export async function listTeams(ctx: Context, query: TeamQuery): Promise<Page<Team>> {
  requireSeeTeams(ctx)
  const { name, user_id, sort, limit, cursor } = query
  const organization_id = ctx.organization.id
  const request = { list: ['teams', organization_id, name, user_id], sort, limit, cursor }
  const { where, ...page } = keyset(request)
  const members = user_id === undefined ? {} : { members: { some: { user_id } } }
  const rows = await ctx.db.team.findMany({
    where: { organization_id, ...(name !== undefined && { name }), ...members, AND: [where] },
    ...page,
    select: TEAM_SELECT,
  })
  return toPage(request, rows.map(showTeam))
}
