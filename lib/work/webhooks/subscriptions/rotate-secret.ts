import { HOUR_MS } from '@/lib/base/time'
import type { Context } from '@/lib/kernel/actors/context'
import { requireManageWebhooks } from '@/lib/kernel/actors/permissions'
import { requireProofToWiden } from '@/lib/kernel/actors/require-proof'
import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { RotateSecretInput } from '@/lib/work/webhooks/contract'
import type { WebhookWithSecret } from '@/lib/work/webhooks/subscriptions/create'
import { lockForWebhookChange } from '@/lib/work/webhooks/subscriptions/lock-for-change'
import { showWebhook, WEBHOOK_SELECT, webhookTarget } from '@/lib/work/webhooks/subscriptions/rows'
import { makeSecret, readSecret, writeSecret } from '@/lib/work/webhooks/subscriptions/secret'

/**
 * Gives a subscription a new secret. The one before signs beside it for as long as is said, so that receivers can change
 * over; an older one no longer does.
 * @throws DomainError not_found, role_forbids, developer_api_disabled, proof_required
 */
export function rotateWebhookSecret(
  context: Context,
  { id, overlap_hours, secret: given }: { id: string } & RotateSecretInput,
): Promise<WebhookWithSecret> {
  requireManageWebhooks(context)
  return inTransaction(context, async (ctx) => {
    const { row: before, now } = await lockForWebhookChange(ctx, { id })
    const { secret: previous } = await ctx.db.webhook.findUniqueOrThrow({
      where: { id: before.id },
      select: { secret: true },
    })
    const secret = given === undefined ? makeSecret() : readSecret(given)
    const until = overlap_hours > 0 ? new Date(now.getTime() + overlap_hours * HOUR_MS) : null
    const row = await ctx.db.webhook.update({
      where: { id: before.id },
      data: { secret, previous_secret: until && previous, previous_secret_until: until },
      select: WEBHOOK_SELECT,
    })
    // It is shown to whoever asks, and nobody had it.
    requireProofToWiden(ctx, row.environment === 'live')
    await recordAudit(ctx, { action: 'webhook.secret_rotated', target: webhookTarget(row), after: row })
    return { ...showWebhook(row, now), secret: writeSecret(secret) }
  })
}
