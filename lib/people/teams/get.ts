import type { Context } from '@/lib/kernel/actors/context'
import { requireSeeTeams } from '@/lib/kernel/actors/permissions'
import { findTeam, type Team } from '@/lib/people/teams/rows'

/** @throws DomainError not_found, role_forbids */
export async function getTeam(ctx: Context, { id }: { id: string }): Promise<Team> {
  requireSeeTeams(ctx)
  return findTeam(ctx.db, ctx.organization.id, id)
}
