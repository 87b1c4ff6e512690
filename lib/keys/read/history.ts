import type { Context } from '@/lib/kernel/actors/context'
import type { AuditLogPage, HistoryQuery } from '@/lib/kernel/audit/contract'
import { pageOfLog } from '@/lib/kernel/audit/read/page'
import { getKey } from '@/lib/keys/read/get'

/**
 * What has been done to a key, by whom.
 * @throws DomainError not_found, invalid_cursor, role_forbids, developer_api_disabled
 */
export async function keyHistory(ctx: Context, { id, ...query }: { id: string } & HistoryQuery): Promise<AuditLogPage> {
  const key = await getKey(ctx, { id })
  return pageOfLog(ctx.db, { organization_id: ctx.organization.id }, { target: key.id, ...query })
}
