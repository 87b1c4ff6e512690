import { notFound } from '@/lib/base/errors'
import type { Context } from '@/lib/kernel/actors/context'
import type { Prisma } from '@/lib/kernel/db/generated/client'
import type { Transaction } from '@/lib/kernel/db/transaction'
import type { Webhook } from '@/lib/work/webhooks/contract'

/** What is read of a subscription to show it. The secrets are not among it. */
export const WEBHOOK_SELECT = {
  id: true,
  environment: true,
  url: true,
  description: true,
  events: true,
  enabled: true,
  disabled_reason: true,
  disabled_at: true,
  previous_secret_until: true,
  created_at: true,
  updated_at: true,
  version: true,
  health: { select: { failing_since: true } },
} satisfies Prisma.WebhookSelect

export type WebhookRow = Prisma.WebhookGetPayload<{ select: typeof WEBHOOK_SELECT }>

/** With its version, which replies carry as their ETag. */
export type VersionedWebhook = Webhook & { version: number }

/** A row as callers see it. @param now the database's clock */
export const showWebhook = ({ health, previous_secret_until, ...row }: WebhookRow, now: Date): VersionedWebhook => ({
  ...row,
  failing_since: health?.failing_since ?? null,
  previous_secret_until: previous_secret_until && previous_secret_until > now ? previous_secret_until : null,
})

/** The subscriptions that an actor reaches: its organisation's, and of these a key only those of its own environment. */
export const webhooksInReach = ({ actor, organization }: Pick<Context, 'actor' | 'organization'>) => ({
  organization_id: organization.id,
  ...(actor.kind === 'key' && { environment: actor.environment }),
})

/**
 * Locks a subscription that the context reaches, until the transaction ends.
 * @throws DomainError not_found
 */
export async function lockWebhook(ctx: Context & { db: Transaction }, id: string): Promise<WebhookRow> {
  await ctx.db.$queryRaw`
    SELECT id FROM webhooks WHERE organization_id = ${ctx.organization.id}::uuid AND id = ${id}::uuid FOR UPDATE`
  const row = await ctx.db.webhook.findFirst({ where: { ...webhooksInReach(ctx), id }, select: WEBHOOK_SELECT })
  if (!row) throw notFound('webhook')
  return row
}

/** How an audit entry names a subscription. */
export const webhookTarget = ({
  id,
  url,
  environment,
  version,
}: Pick<WebhookRow, 'id' | 'url' | 'environment' | 'version'>) => ({
  id,
  label: new URL(url).host,
  environment,
  version,
})
