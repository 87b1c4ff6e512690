import type { Context } from '@/lib/kernel/actors/context'
import { requireManageKeys } from '@/lib/kernel/actors/permissions'
import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction } from '@/lib/kernel/db/transaction'
import { lockForChange } from '@/lib/keys/life/acting-key'
import { keyTarget } from '@/lib/keys/rows'

/**
 * Says that an Admin knows of a reported key: the pages tell of it no more. Said again, it changes nothing.
 * @throws DomainError not_found, role_forbids, developer_api_disabled
 */
export async function noteLeak(context: Context, { id }: { id: string }): Promise<void> {
  requireManageKeys(context)
  return inTransaction(context, async (ctx) => {
    const { key } = await lockForChange(ctx, id)
    const { count } = await ctx.db.apiKey.updateMany({
      where: { id: key.id, reported_at: { not: null } },
      data: { reported_at: null },
    })
    if (count > 0) await recordAudit(ctx, { action: 'api_key.leak_noted', target: keyTarget(key) })
  })
}
