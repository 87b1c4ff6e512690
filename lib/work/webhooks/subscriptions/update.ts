import { isDeepStrictEqual } from 'node:util'
import { factsOf } from '@/lib/contracts/audited'
import type { Context } from '@/lib/kernel/actors/context'
import { requireManageWebhooks } from '@/lib/kernel/actors/permissions'
import { requireProofToWiden } from '@/lib/kernel/actors/require-proof'
import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { UpdateWebhookInput } from '@/lib/work/webhooks/contract'
import { holdsEvent, requireKnownEvents, requireReads } from '@/lib/work/webhooks/subscriptions/check-events'
import { requireReceiverUrl } from '@/lib/work/webhooks/subscriptions/check-url'
import { lockForWebhookChange, type WebhookChange } from '@/lib/work/webhooks/subscriptions/lock-for-change'
import {
  showWebhook,
  type VersionedWebhook,
  WEBHOOK_SELECT,
  type WebhookRow,
  webhookTarget,
} from '@/lib/work/webhooks/subscriptions/rows'

const action = 'webhook.updated'

/** Whether more is sent, or to somewhere else, than was. */
function widens(before: WebhookRow, after: WebhookRow): boolean {
  if (after.environment !== 'live' || !after.enabled) return false
  const had = new Set(before.events)
  const more = after.events.some((type) => !holdsEvent(had, type))
  return !before.enabled || before.url !== after.url || more
}

/**
 * Changes where events go, which, and whether. What waits is sent to where it is now; enabled again, it is sent at once.
 * @throws DomainError not_found, role_forbids, developer_api_disabled, validation_failed, precondition_failed, proof_required
 */
export function updateWebhook(
  context: Context,
  { changes, ...change }: WebhookChange & { changes: UpdateWebhookInput },
): Promise<VersionedWebhook> {
  requireManageWebhooks(context)
  const { enabled, ...fields } = changes
  if (fields.events) {
    requireKnownEvents(fields.events)
    requireReads(context.actor, fields.events)
  }
  if (fields.url !== undefined) requireReceiverUrl(fields.url)

  return inTransaction(context, async (ctx) => {
    const { row: before, now } = await lockForWebhookChange(ctx, change)
    const turned = enabled !== undefined && enabled !== before.enabled
    // Begun anew: what failed before is no longer held against it.
    if ((turned && enabled) || (fields.url !== undefined && fields.url !== before.url)) {
      const fresh = { failing_since: null, failures: 0, rests_until: null }
      await ctx.db.webhookHealth.update({ where: { webhook_id: before.id }, data: fresh })
    }
    const row = await ctx.db.webhook.update({
      where: { id: before.id },
      data: { ...fields, ...(turned && turning(enabled, now)) },
      select: WEBHOOK_SELECT,
    })
    requireProofToWiden(ctx, widens(before, row))
    // An edit that changes nothing is none.
    if (!isDeepStrictEqual(factsOf(action, before), factsOf(action, row))) {
      await recordAudit(ctx, { action, target: webhookTarget(row), before, after: row })
    }
    return showWebhook(row, now)
  })
}

const turning = (enabled: boolean, now: Date) =>
  enabled
    ? { enabled, disabled_reason: null, disabled_at: null }
    : { enabled, disabled_reason: 'by_hand' as const, disabled_at: now }
