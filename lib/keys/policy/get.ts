import type { Context } from '@/lib/kernel/actors/context'
import { requireSeePolicy } from '@/lib/kernel/actors/permissions'
import type { Policy } from '@/lib/keys/policy/contract'
import { readPolicy } from '@/lib/keys/policy/rows'

/** @throws DomainError role_forbids */
export async function getPolicy(ctx: Context): Promise<Policy> {
  requireSeePolicy(ctx)
  return readPolicy(ctx.db, ctx.organization.id)
}
