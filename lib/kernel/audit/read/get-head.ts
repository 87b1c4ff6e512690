import type { Context } from '@/lib/kernel/actors/context'
import { requireSeeAudit } from '@/lib/kernel/actors/permissions'
import { headOf } from '@/lib/kernel/audit/chain/head'
import type { AuditHead } from '@/lib/kernel/audit/contract'

/**
 * How far the organisation's audit log is sealed.
 * @throws DomainError role_forbids
 */
export async function getAuditHead(ctx: Context): Promise<AuditHead> {
  requireSeeAudit(ctx)
  return headOf(ctx.db, ctx.organization.id)
}
