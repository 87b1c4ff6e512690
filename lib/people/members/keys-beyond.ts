import { HOUR_MS } from '@/lib/base/time'
import type { Context } from '@/lib/kernel/actors/context'
import { grantableScopes, mayCreateKeys } from '@/lib/kernel/actors/permissions'
import { databaseNow } from '@/lib/kernel/db/transaction'
import { READ_ONLY_ADMIN_LIFETIME_HOURS } from '@/lib/keys/contract'
import { inUse } from '@/lib/keys/ends'
import { KEY_SELECT, type KeyRow } from '@/lib/keys/rows'
import type { Member } from '@/lib/people/members/rows'
import type { Standing } from '@/lib/people/members/widens-standing'

/** `after` is null where the person is removed. */
export type Change = { before: Member; after: Standing | null }

/** Whether somebody of this standing could make the key now. */
function couldMake(standing: Standing, key: KeyRow, now: Date): boolean {
  const actor = { kind: 'member' as const, user_id: '', email: '', ...standing }
  // The organisation's flag is nobody's standing: it goes off and on for all.
  if (!mayCreateKeys({ actor, organization: { developer_api: true } }).allowed) return false
  const grantable = grantableScopes(actor)
  if (!key.scopes.every((scope) => grantable.includes(scope))) return false
  if (standing.role !== 'read_only_admin') return true
  const longest = new Date(now.getTime() + READ_ONLY_ADMIN_LIFETIME_HOURS * HOUR_MS)
  return key.expires_at !== null && key.expires_at <= longest
}

/** The keys in use that a person made and, after a change, could no longer make; after a removal, all of them. */
export async function keysBeyond(ctx: Context, { before, after }: Change): Promise<KeyRow[]> {
  const now = await databaseNow(ctx.db)
  const rows = await ctx.db.apiKey.findMany({
    where: { organization_id: ctx.organization.id, created_by: before.id, ...inUse(now) },
    orderBy: { id: 'desc' },
    select: KEY_SELECT,
  })
  if (after === null) return rows
  return rows.filter((key) => couldMake(before, key, now) && !couldMake(after, key, now))
}
