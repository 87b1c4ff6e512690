import type { Context } from '@/lib/kernel/actors/context'
import type { AuditEntry, AuditFilters } from '@/lib/kernel/audit/contract'
import { logInReach } from '@/lib/kernel/audit/read/in-reach'
import { portionsOfLog } from '@/lib/kernel/audit/read/portions'

/**
 * The organisation's audit log whole, the newest entry first, in portions.
 * @throws DomainError role_forbids
 */
export const exportAudit = (ctx: Context, filters: AuditFilters): AsyncGenerator<AuditEntry[]> =>
  portionsOfLog(ctx.db, logInReach(ctx), filters)
