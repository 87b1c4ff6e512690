import type { Context } from '@/lib/kernel/actors/context'
import { requireSeePeople } from '@/lib/kernel/actors/permissions'
import { findMember, type Member } from '@/lib/people/members/rows'

/** @throws DomainError not_found, role_forbids */
export async function getMember(ctx: Context, { id }: { id: string }): Promise<Member> {
  requireSeePeople(ctx)
  return findMember(ctx.db, ctx.organization.id, id)
}
