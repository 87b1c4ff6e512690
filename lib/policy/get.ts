import type { Context } from '@/lib/actors/context'
import { requireSeePolicy } from '@/lib/actors/permissions'
import type { Policy } from '@/lib/policy/contract'
import { readPolicy } from '@/lib/policy/read'

/** @throws DomainError role_forbids */
export async function getPolicy(ctx: Context): Promise<Policy> {
  requireSeePolicy(ctx)
  return readPolicy(ctx.db, ctx.organization.id)
}
