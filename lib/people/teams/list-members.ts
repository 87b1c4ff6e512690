import type { Page, SortKey } from '@/lib/contracts/page'
import type { Context } from '@/lib/kernel/actors/context'
import { requireSeePeople, requireSeeTeams } from '@/lib/kernel/actors/permissions'
import { keyset, toPage } from '@/lib/kernel/listing/keyset'
import { findTeam } from '@/lib/people/teams/rows'

type TeamMember = { id: string; name: string; added_at: Date }

/** By the person alone, which the primary key of the memberships serves. */
const BY_ID: SortKey<never>[] = []

/**
 * A page of those who are on a team, the newest accounts first.
 * @throws DomainError not_found, role_forbids, invalid_cursor
 */
export async function listTeamMembers(
  ctx: Context,
  { id, limit, cursor }: { id: string; limit: number; cursor?: string | undefined },
): Promise<Page<TeamMember>> {
  requireSeeTeams(ctx)
  const team = await findTeam(ctx.db, ctx.organization.id, id)
  const request = { list: ['team members', team.id], sort: BY_ID, limit, cursor }
  const { where, take } = keyset(request)
  const position = [where, ...(where.OR ?? [])].flatMap(({ AND }) => AND.map((bound) => ({ user_id: bound.id })))
  const rows = await ctx.db.teamMember.findMany({
    where: { team_id: team.id, AND: position },
    orderBy: { user_id: 'desc' },
    take,
    select: { added_at: true, membership: { select: { user: { select: { id: true, name: true } } } } },
  })
  return toPage(
    request,
    rows.map(({ added_at, membership: { user } }) => ({ ...user, added_at })),
  )
}

/** As many as a dialog can show. */
const MOST_SHOWN = 1_000

/**
 * Everybody on a team, by name.
 * @throws DomainError not_found, role_forbids
 */
export async function listPeopleOfTeam(ctx: Context, { id }: { id: string }) {
  requireSeePeople(ctx)
  const team = await findTeam(ctx.db, ctx.organization.id, id)
  const data = await ctx.db.user.findMany({
    where: { memberships: { some: { teams: { some: { team_id: team.id } } } } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: MOST_SHOWN,
    select: { id: true, name: true, email: true },
  })
  return { data }
}
