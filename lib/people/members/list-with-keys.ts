import type { Page } from '@/lib/contracts/page'
import type { Context } from '@/lib/kernel/actors/context'
import { databaseNow } from '@/lib/kernel/db/transaction'
import { inUse } from '@/lib/keys/ends'
import type { ListedMember, ListMembersQuery } from '@/lib/people/members/contract'
import { listMembers } from '@/lib/people/members/list'

/** By whom how many keys in use were made, of these people. */
async function countKeys({ db, organization }: Context, user_ids: string[]): Promise<Map<string | null, number>> {
  const rows = await db.apiKey.groupBy({
    by: ['created_by'],
    where: { organization_id: organization.id, created_by: { in: user_ids }, ...inUse(await databaseNow(db)) },
    _count: true,
  })
  return new Map(rows.map(({ created_by, _count }) => [created_by, _count]))
}

/**
 * A page of the organisation's members, each with the number of keys in use that the person made, and whether nobody
 * else is an Admin.
 * @throws DomainError role_forbids, invalid_cursor
 */
export async function listMembersWithKeys(ctx: Context, query: ListMembersQuery): Promise<Page<ListedMember>> {
  const page = await listMembers(ctx, query)
  const keys = await countKeys(
    ctx,
    page.data.map(({ id }) => id),
  )
  const admins = await ctx.db.membership.count({ where: { organization_id: ctx.organization.id, role: 'admin' } })
  const data = page.data.map((member) => ({
    ...member,
    keys: keys.get(member.id) ?? 0,
    only_admin: member.role === 'admin' && admins === 1,
  }))
  return { ...page, data }
}
