import type { Page, SortKey } from '@/lib/contracts/page'
import type { Context } from '@/lib/kernel/actors/context'
import { requireSeePeople } from '@/lib/kernel/actors/permissions'
import type { Role } from '@/lib/kernel/db/generated/enums'
import { keyset, toPage } from '@/lib/kernel/listing/keyset'
import { mentioned } from '@/lib/kernel/rows/mentioned'
import { type Member, memberSelect, showMember } from '@/lib/people/members/rows'

type Query = { role?: Role; q?: string; limit: number; cursor?: string }

/** By the id alone, which the primary key of the memberships serves. */
const BY_ID: SortKey<never>[] = []

/**
 * A page of the organisation's members, whose account is newest first.
 * @throws DomainError role_forbids, invalid_cursor
 */
export async function listMembers(ctx: Context, { role, q, limit, cursor }: Query): Promise<Page<Member>> {
  requireSeePeople(ctx)
  const organization_id = ctx.organization.id
  const request = { list: ['users', organization_id, role, q], sort: BY_ID, limit, cursor }
  const page = keyset(request)
  // The same bound on the membership, so that a late page starts where it begins in that index.
  const bound = page.where.AND.map(({ id }) => ({ user_id: id }))
  const rows = await ctx.db.user.findMany({
    where: {
      memberships: { some: { organization_id, role, AND: bound } },
      AND: [page.where, q === undefined ? {} : await mentioned(q, { table: 'users' })],
    },
    orderBy: page.orderBy,
    take: page.take,
    select: memberSelect(organization_id),
  })
  const { data, ...rest } = toPage(request, rows)
  return { ...rest, data: data.flatMap(showMember) }
}
