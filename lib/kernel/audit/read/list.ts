import type { Context } from '@/lib/kernel/actors/context'
import type { AuditPage, ListAuditQuery } from '@/lib/kernel/audit/contract'
import { logInReach } from '@/lib/kernel/audit/read/in-reach'
import { pageOfLog } from '@/lib/kernel/audit/read/page'

/**
 * A page of the organisation's audit log.
 * @throws DomainError invalid_cursor, role_forbids
 */
export const listAudit = async (ctx: Context, query: ListAuditQuery): Promise<AuditPage> =>
  pageOfLog(ctx.db, logInReach(ctx), query)
