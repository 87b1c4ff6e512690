import type { Context } from '@/lib/kernel/actors/context'
import { requireManageWebhooks } from '@/lib/kernel/actors/permissions'
import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction } from '@/lib/kernel/db/transaction'
import { lockForWebhookChange, type WebhookChange } from '@/lib/work/webhooks/subscriptions/lock-for-change'
import { webhookTarget } from '@/lib/work/webhooks/subscriptions/rows'

/**
 * Deletes a subscription with its log. Nothing more is begun for it; what is on its way may still arrive.
 * @throws DomainError not_found, role_forbids, developer_api_disabled, precondition_failed
 */
export function deleteWebhook(context: Context, change: WebhookChange): Promise<void> {
  requireManageWebhooks(context)
  return inTransaction(context, async (ctx) => {
    const { row } = await lockForWebhookChange(ctx, change)
    await ctx.db.webhook.delete({ where: { id: row.id } })
    await recordAudit(ctx, { action: 'webhook.deleted', target: webhookTarget(row), before: row })
  })
}
