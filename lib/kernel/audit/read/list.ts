import type { Context } from '@/lib/kernel/actors/context'
import type { AuditLogPage, ListAuditQuery } from '@/lib/kernel/audit/contract'
import { logInReach } from '@/lib/kernel/audit/read/in-reach'
import { pageOfLog } from '@/lib/kernel/audit/read/page'

/**
 * A page of the organisation's audit log.
 * @throws DomainError invalid_cursor, role_forbids
 */
export const listAudit = async (ctx: Context, query: ListAuditQuery): Promise<AuditLogPage> =>
  pageOfLog(ctx.db, logInReach(ctx), query)
