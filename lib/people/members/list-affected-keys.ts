import type { Context } from '@/lib/kernel/actors/context'
import { maySeeKeys, requireManagePeople } from '@/lib/kernel/actors/permissions'
import type { Role } from '@/lib/kernel/db/generated/enums'
import type { AffectedKeys } from '@/lib/people/members/contract'
import { keysBeyond } from '@/lib/people/members/keys-beyond'
import { findMember } from '@/lib/people/members/rows'

type Input = {
  id: string
  /** Null: the person is removed. */
  changes: { role?: Role; developer?: boolean } | null
}

/**
 * The keys about which must be decided before a member is changed so: those that the person made and could no longer
 * make. Whoever may not see keys learns their number.
 * @throws DomainError not_found, role_forbids
 */
export async function listAffectedKeys(ctx: Context, { id, changes }: Input): Promise<AffectedKeys> {
  requireManagePeople(ctx)
  const before = await findMember(ctx.db, ctx.organization.id, id)
  const after = changes && { role: changes.role ?? before.role, developer: changes.developer ?? before.developer }
  const keys = await keysBeyond(ctx, { before, after })
  if (!maySeeKeys(ctx).allowed) return { count: keys.length, keys: [] }
  return {
    count: keys.length,
    keys: keys.map(({ id, name, key_prefix, environment, scopes, last_use }) => ({
      id,
      name,
      key_prefix,
      environment,
      scopes,
      last_used_at: last_use?.used_at ?? null,
    })),
  }
}
