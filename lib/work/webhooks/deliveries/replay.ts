import type { Context } from '@/lib/kernel/actors/context'
import { requireManageWebhooks } from '@/lib/kernel/actors/permissions'
import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction, type Transaction } from '@/lib/kernel/db/transaction'
import { enqueue } from '@/lib/kernel/jobs/enqueue'
import type { DeliveryWithLog, ReplayRangeInput } from '@/lib/work/webhooks/contract'
import { deliverWebhook } from '@/lib/work/webhooks/deliveries/job'
import { requireEnabled } from '@/lib/work/webhooks/deliveries/require-enabled'
import { type DeliveryOf, readDelivery } from '@/lib/work/webhooks/deliveries/rows'
import { lockForWebhookChange } from '@/lib/work/webhooks/subscriptions/lock-for-change'
import { type WebhookRow, webhookTarget } from '@/lib/work/webhooks/subscriptions/rows'

/** Of one call: the transaction stays short. */
const MOST_REPLAYED = 1_000

const afresh = (now: Date) => ({ status: 'pending' as const, tries: 0, next_attempt_at: now, ended_at: null })

/**
 * Sends a delivery again, with the `webhook-id` that it had: at once, and by the whole schedule.
 * @throws DomainError not_found, wrong_state, role_forbids, developer_api_disabled
 */
export function replayDelivery(context: Context, { id, delivery_id }: DeliveryOf): Promise<DeliveryWithLog> {
  requireManageWebhooks(context)
  return inTransaction(context, async (ctx) => {
    const { row, now } = await lockForWebhookChange(ctx, { id })
    const delivery = await readDelivery(ctx, { id: row.id, delivery_id })
    requireEnabled(row)
    await ctx.db.webhookDelivery.update({ where: { id: delivery.id }, data: afresh(now) })
    await goOn(ctx, row, 1)
    return readDelivery(ctx, { id: row.id, delivery_id })
  })
}

/**
 * Sends all deliveries again that were made within a span of time and ended in one way.
 * @returns how many; a thousand at most, so that a call that says a thousand is followed by another
 * @throws DomainError not_found, wrong_state, role_forbids, developer_api_disabled
 */
export function replayRange(
  context: Context,
  { id, after, before, status }: { id: string } & ReplayRangeInput,
): Promise<{ replayed: number }> {
  requireManageWebhooks(context)
  return inTransaction(context, async (ctx) => {
    const { row, now } = await lockForWebhookChange(ctx, { id })
    requireEnabled(row)
    const where = { webhook_id: row.id, status, created_at: { gte: after, ...(before && { lt: before }) } }
    const { count: replayed } = await ctx.db.webhookDelivery.updateMany({
      where,
      data: afresh(now),
      limit: MOST_REPLAYED,
    })
    if (replayed > 0) await goOn(ctx, row, replayed)
    return { replayed }
  })
}

async function goOn(ctx: Context & { db: Transaction }, row: WebhookRow, deliveries: number) {
  // Asked for by a person: a receiver at rest is tried all the same.
  await ctx.db.webhookHealth.update({ where: { webhook_id: row.id }, data: { rests_until: null } })
  await enqueue(ctx, deliverWebhook(row.id))
  await recordAudit(ctx, { action: 'webhook.replayed', target: webhookTarget(row), after: { deliveries } })
}
