import { DomainError, notFound } from '@/lib/base/errors'
import type { Context } from '@/lib/kernel/actors/context'
import { requireManagePeople } from '@/lib/kernel/actors/permissions'
import type { Prisma } from '@/lib/kernel/db/generated/client'
import type { Role } from '@/lib/kernel/db/generated/enums'
import type { Database, Transaction } from '@/lib/kernel/db/transaction'
import { lockActingKey } from '@/lib/keys/life/acting-key'

/** A person as a member of one organisation. */
export type Member = {
  /** The person's. */
  id: string
  email: string
  name: string
  role: Role
  developer: boolean
  /** When the person became a member. */
  created_at: Date
}

/** What is read of a person to show the membership in `organization_id`, and no other. */
export const memberSelect = (organization_id: string) =>
  ({
    id: true,
    email: true,
    name: true,
    memberships: { where: { organization_id }, select: { role: true, developer: true, created_at: true } },
  }) satisfies Prisma.UserSelect

type MemberRow = Prisma.UserGetPayload<{ select: ReturnType<typeof memberSelect> }>

/** A row as callers see it: one member, or none where the membership has just ended. */
export const showMember = ({ memberships, ...person }: MemberRow): Member[] =>
  memberships.map((membership) => ({ ...person, ...membership }))

/** @throws DomainError not_found, for a person of another organisation as for one that never was */
export async function findMember(db: Database, organization_id: string, id: string): Promise<Member> {
  const row = await db.user.findFirst({
    where: { id, memberships: { some: { organization_id } } },
    select: memberSelect(organization_id),
  })
  const [member] = row ? showMember(row) : []
  if (!member) throw notFound('user')
  return member
}

/**
 * Locks the organisation's people until the transaction ends, then asks again whether the actor may change them: who was
 * demoted a moment ago no longer does.
 * @throws DomainError role_forbids; as `lockActingKey` for a key
 */
export async function lockPeople(ctx: Context & { db: Transaction }): Promise<void> {
  const { actor, organization } = ctx
  await lockActingKey(ctx)
  await ctx.db.$queryRaw`SELECT id FROM organizations WHERE id = ${organization.id}::uuid FOR NO KEY UPDATE`
  if (actor.kind !== 'member') return
  const { role, developer } = await findMember(ctx.db, organization.id, actor.user_id)
  requireManagePeople({ ...ctx, actor: { ...actor, role, developer } })
}

/**
 * Call it after `lockPeople`, before `member` stops being an Admin.
 * @throws DomainError wrong_state when nobody else is one
 */
export async function requireAnotherAdmin(ctx: Context & { db: Transaction }, member: Member): Promise<void> {
  if (member.role !== 'admin') return
  const others = await ctx.db.membership.count({
    where: { organization_id: ctx.organization.id, role: 'admin', user_id: { not: member.id } },
  })
  if (others > 0) return
  const detail = `${member.email} is the only Admin. Make somebody else an Admin first.`
  throw new DomainError('wrong_state', detail)
}

/** How an audit entry names a member. */
export const memberTarget = ({ id, email }: Member) => ({ id, label: email })
