import { headOf } from '@/lib/kernel/audit/chain/head'
import type { AuditHead } from '@/lib/kernel/audit/contract'
import type { PlatformContext } from '@/lib/people/organizations/platform-context'

/** How far the platform's own entries are sealed. */
export const getPlatformAuditHead = ({ db }: PlatformContext): Promise<AuditHead> => headOf(db, null)
