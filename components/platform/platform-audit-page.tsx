'use client'

import { AuditLog } from '@/components/audit/audit-log'

/** Platform → Audit log. */
export const PlatformAuditPage = () => (
  <AuditLog
    source="platform"
    intro="Sign-ins, accounts, jobs, and what platform admins changed. Nothing here is ever altered or removed."
  />
)
