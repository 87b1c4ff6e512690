import type { Context } from '@/lib/kernel/actors/context'
import { grantableScopes, mayCreateKeys } from '@/lib/kernel/actors/permissions'
import { Prisma } from '@/lib/kernel/db/generated/client'
import { READ_ONLY_ADMIN_LIFETIME_HOURS } from '@/lib/keys/contract'
import { inUseSql } from '@/lib/keys/ends'
import type { Member } from '@/lib/people/members/rows'
import type { Standing } from '@/lib/people/members/widens-standing'

/** `after` is null where the person is removed. */
export type MemberChange = { before: Member; after: Standing | null }

/** In SQL: whether somebody of this standing could make the key `k` at `now`; null is no. */
function couldMake(standing: Standing, now: Date): Prisma.Sql {
  const actor = { kind: 'member' as const, user_id: '', email: '', ...standing }
  // The organisation's flag is nobody's standing: it goes off and on for all.
  if (!mayCreateKeys({ actor, organization: { developer_api: true } }).allowed) return Prisma.sql`false`
  const mayGrant = Prisma.sql`k.scopes <@ ${grantableScopes(actor)}::text[]`
  if (standing.role !== 'read_only_admin') return mayGrant
  const longest = Prisma.sql`${now}::timestamptz + make_interval(hours => ${READ_ONLY_ADMIN_LIFETIME_HOURS}::int)`
  return Prisma.sql`${mayGrant} AND k.expires_at <= ${longest}`
}

/** In SQL: whether the person made the key `k` of the organisation, and it is in use at `now`. */
export const madeBy = ({ organization }: Pick<Context, 'organization'>, user_id: string, now: Date): Prisma.Sql =>
  Prisma.sql`k.organization_id = ${organization.id}::uuid AND k.created_by = ${user_id}::uuid AND ${inUseSql('k', Prisma.sql`${now}`)}`

/**
 * In SQL: whether `k` is one of the keys in use at `now` that a person made and, after a change, could no longer make; after
 * a removal, all of them.
 */
export function keysBeyond(ctx: Context, { before, after }: MemberChange, now: Date): Prisma.Sql {
  const made = madeBy(ctx, before.id, now)
  if (after === null) return made
  return Prisma.sql`${made} AND (${couldMake(before, now)}) AND (${couldMake(after, now)}) IS NOT TRUE`
}
