import { DomainError, notFound } from '@/lib/base/errors'
import type { Context } from '@/lib/kernel/actors/context'
import type { Prisma } from '@/lib/kernel/db/generated/client'
import type { Database, Transaction } from '@/lib/kernel/db/transaction'
import { preconditionFailed } from '@/lib/kernel/rows/judge'
import { NAME_TAKEN, teamRows } from '@/lib/people/teams/contract'

export type Team = {
  id: string
  name: string
  description: string | null
  member_count: number
  created_at: Date
  updated_at: Date
  version: number
}

export const TEAM_SELECT = {
  id: true,
  name: true,
  description: true,
  created_at: true,
  updated_at: true,
  version: true,
  _count: { select: { members: true } },
} satisfies Prisma.TeamSelect

type TeamRow = Prisma.TeamGetPayload<{ select: typeof TEAM_SELECT }>

/** A row as callers see it. */
export const showTeam = ({ _count, ...team }: TeamRow): Team => ({ ...team, member_count: _count.members })

/** @throws DomainError not_found, for a team of another organisation as for one that never was */
export async function findTeam(db: Database, organization_id: string, id: string): Promise<Team> {
  const row = await db.team.findFirst({ where: { organization_id, id }, select: TEAM_SELECT })
  if (!row) throw notFound(teamRows.one)
  return showTeam(row)
}

/**
 * Call it behind `lockPeople`: nobody else changes a team meanwhile.
 * @param versions of which the team must have one; null: any
 * @throws DomainError not_found, precondition_failed
 */
export async function findForChange(
  { db, organization }: Context & { db: Transaction },
  id: string,
  versions: readonly number[] | null,
): Promise<Team> {
  const team = await findTeam(db, organization.id, id)
  if (versions && !versions.includes(team.version)) throw preconditionFailed(teamRows.one)
  return team
}

/**
 * Call it behind `lockPeople`.
 * @param own the team that may have the name already
 * @throws DomainError already_exists
 */
export async function requireFreeName(
  { db, organization }: Context & { db: Transaction },
  name: string,
  own?: string,
): Promise<void> {
  const where = { organization_id_name: { organization_id: organization.id, name } }
  const other = await db.team.findUnique({ where, select: { id: true } })
  if (!other || other.id === own) return
  throw new DomainError('already_exists', NAME_TAKEN, { existing_id: other.id })
}

/** How an audit entry names a team. */
export const teamTarget = ({ id, name }: Pick<Team, 'id' | 'name'>) => ({ id, label: name })
