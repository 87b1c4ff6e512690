import { DomainError } from '@/lib/base/errors'
import type { Context } from '@/lib/kernel/actors/context'
import { requireManageWebhooks } from '@/lib/kernel/actors/permissions'
import { requireProofToWiden } from '@/lib/kernel/actors/require-proof'
import { requireStanding } from '@/lib/kernel/actors/require-standing'
import { recordAudit } from '@/lib/kernel/audit/record'
import type { Environment } from '@/lib/kernel/db/generated/enums'
import { databaseNow, inTransaction, type Transaction } from '@/lib/kernel/db/transaction'
import { type CreateWebhookInput, MAX_WEBHOOKS } from '@/lib/work/webhooks/contract'
import { requireKnownEvents, requireReads } from '@/lib/work/webhooks/subscriptions/check-events'
import { requireReceiverUrl } from '@/lib/work/webhooks/subscriptions/check-url'
import {
  showWebhook,
  type VersionedWebhook,
  WEBHOOK_SELECT,
  webhookTarget,
} from '@/lib/work/webhooks/subscriptions/rows'
import { makeSecret, readSecret, writeSecret } from '@/lib/work/webhooks/subscriptions/secret'

/** A subscription with its secret: the reply to its maker is the only one that ever shows it. */
export type WebhookWithSecret = VersionedWebhook & { secret: string }

/**
 * Subscribes a URL to events of one environment, from now on.
 * @throws DomainError role_forbids, developer_api_disabled, validation_failed, webhook_limit_reached, proof_required
 */
export function createWebhook(
  context: Context,
  { secret: given, enabled = true, ...fields }: CreateWebhookInput & { environment: Environment },
): Promise<WebhookWithSecret> {
  requireManageWebhooks(context)
  requireKnownEvents(fields.events)
  requireReads(context.actor, fields.events)
  requireReceiverUrl(fields.url)

  return inTransaction(context, async (ctx) => {
    await requireRoom(ctx, fields.environment)
    await requireStanding(ctx)
    const now = await databaseNow(ctx.db)
    const secret = given === undefined ? makeSecret() : readSecret(given)
    const row = await ctx.db.webhook.create({
      data: {
        ...fields,
        ...(enabled ? {} : { enabled, disabled_reason: 'by_hand' as const, disabled_at: now }),
        secret,
        organization: { connect: { id: ctx.organization.id } },
        health: { create: {} },
      },
      select: WEBHOOK_SELECT,
    })
    requireProofToWiden(ctx, fields.environment === 'live')
    await recordAudit(ctx, { action: 'webhook.created', target: webhookTarget(row), after: row })
    return { ...showWebhook(row, now), secret: writeSecret(secret) }
  })
}

/** Counted under the organisation's lock, so that two at once do not both take the last place. */
async function requireRoom({ db, organization: { id } }: Context & { db: Transaction }, environment: Environment) {
  await db.$queryRaw`SELECT id FROM organizations WHERE id = ${id}::uuid FOR NO KEY UPDATE`
  const count = await db.webhook.count({ where: { organization_id: id, environment } })
  if (count < MAX_WEBHOOKS) return
  const detail = `An organisation has at most ${MAX_WEBHOOKS} webhooks in an environment. Delete one that is not used.`
  throw new DomainError('webhook_limit_reached', detail)
}
