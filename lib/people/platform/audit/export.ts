import type { AuditEntry, AuditFilters } from '@/lib/kernel/audit/contract'
import { portionsOfLog } from '@/lib/kernel/audit/read/portions'
import type { PlatformContext } from '@/lib/people/organizations/platform-context'

/** The platform's audit log whole, the newest entry first, in portions. */
export const exportPlatformAudit = ({ db }: PlatformContext, filters: AuditFilters): AsyncGenerator<AuditEntry[]> =>
  portionsOfLog(db, 'platform', filters)
