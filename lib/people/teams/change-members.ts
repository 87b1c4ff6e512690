import { notFound } from '@/lib/base/errors'
import type { Context } from '@/lib/kernel/actors/context'
import type { Transaction } from '@/lib/kernel/db/transaction'

export type Membership = { add?: readonly string[] | undefined; remove?: readonly string[] | undefined }

/** The emails of those who came onto the team, and of those who left it. */
type ChangedMembers = { members_added: string[]; members_removed: string[] }

/**
 * Puts members of the organisation on a team, and takes others off it. Who is there already stays, who is not on it is
 * left alone. Call it behind `lockPeople`: nobody leaves the organisation meanwhile.
 * @throws DomainError not_found where somebody to add is no member of the organisation
 */
export async function changeMembers(
  { db, organization }: Context & { db: Transaction },
  team_id: string,
  { add = [], remove = [] }: Membership,
): Promise<ChangedMembers> {
  const organization_id = organization.id
  const named = [...add, ...remove].map((id) => id.toLowerCase())
  if (named.length === 0) return { members_added: [], members_removed: [] }
  const people = await db.user.findMany({
    where: { id: { in: named }, memberships: { some: { organization_id } } },
    select: { id: true, email: true },
  })
  const emails = new Map(people.map(({ id, email }) => [id, email]))
  const emailsOf = (rows: { user_id: string }[]) => rows.map(({ user_id }) => emails.get(user_id) ?? user_id)
  const added = add.map((id) => id.toLowerCase())
  if (added.some((id) => !emails.has(id))) throw notFound('user')
  const came = await db.teamMember.createManyAndReturn({
    data: added.map((user_id) => ({ organization_id, team_id, user_id })),
    skipDuplicates: true,
    select: { user_id: true },
  })
  const where = { team_id, user_id: { in: remove.map((id) => id.toLowerCase()) } }
  const gone = await db.teamMember.findMany({ where, select: { user_id: true } })
  await db.teamMember.deleteMany({ where })
  return { members_added: emailsOf(came), members_removed: emailsOf(gone) }
}
