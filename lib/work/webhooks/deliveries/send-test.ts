import type { Context } from '@/lib/kernel/actors/context'
import { requireManageWebhooks } from '@/lib/kernel/actors/permissions'
import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction } from '@/lib/kernel/db/transaction'
import { enqueue } from '@/lib/kernel/jobs/enqueue'
import { uuidv7 } from '@/lib/kernel/rows/uuid'
import { type ShownDelivery, TEST_EVENT } from '@/lib/work/webhooks/contract'
import { deliverWebhook } from '@/lib/work/webhooks/deliveries/job'
import { requireEnabled } from '@/lib/work/webhooks/deliveries/require-enabled'
import { DELIVERY_SELECT } from '@/lib/work/webhooks/deliveries/rows'
import { lockForWebhookChange } from '@/lib/work/webhooks/subscriptions/lock-for-change'
import { webhookTarget } from '@/lib/work/webhooks/subscriptions/rows'

/**
 * Sends an event of no consequence, once, by the way of all others. What came of it stands in the log.
 * @throws DomainError not_found, wrong_state, role_forbids, developer_api_disabled
 */
export function sendTest(context: Context, { id }: { id: string }): Promise<ShownDelivery> {
  requireManageWebhooks(context)
  return inTransaction(context, async (ctx) => {
    const { row, now } = await lockForWebhookChange(ctx, { id })
    requireEnabled(row)
    const event_id = uuidv7()
    const { environment } = row
    const data = {
      id: event_id,
      environment,
      actor: { kind: ctx.actor.kind, id: null, label: 'A test' },
      subject: { kind: 'webhook', id: row.id },
      contact_id: null,
      sequence: null,
      details: {},
    }
    const delivery = await ctx.db.webhookDelivery.create({
      data: {
        webhook: { connect: { id: row.id } },
        event_id,
        type: TEST_EVENT,
        body: JSON.stringify({ type: TEST_EVENT, timestamp: now.toISOString(), data }),
        next_attempt_at: now,
        created_at: now,
      },
      select: DELIVERY_SELECT,
    })
    await enqueue(ctx, deliverWebhook(row.id))
    await recordAudit(ctx, { action: 'webhook.tested', target: webhookTarget(row) })
    return delivery
  })
}
