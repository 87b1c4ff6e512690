import type { AuditLogPage, ListAuditQuery } from '@/lib/kernel/audit/contract'
import { pageOfLog } from '@/lib/kernel/audit/read/page'
import type { PlatformContext } from '@/lib/people/organizations/platform-context'

/**
 * A page of the platform's audit log: what belongs to no organisation, and what platform admins did to one.
 * @throws DomainError invalid_cursor
 */
export const listPlatformAudit = ({ db }: PlatformContext, query: ListAuditQuery): Promise<AuditLogPage> =>
  pageOfLog(db, 'platform', query)
