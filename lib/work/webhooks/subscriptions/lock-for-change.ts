import type { Context } from '@/lib/kernel/actors/context'
import { requireStanding } from '@/lib/kernel/actors/require-standing'
import { databaseNow, type Transaction } from '@/lib/kernel/db/transaction'
import { preconditionFailed } from '@/lib/kernel/rows/judge'
import { requireReads } from '@/lib/work/webhooks/subscriptions/check-events'
import { lockWebhook, type WebhookRow } from '@/lib/work/webhooks/subscriptions/rows'

export type WebhookChange = {
  id: string
  /** Of which the subscription must have one; null: any. */
  versions?: readonly number[] | null
}

/**
 * Locks a subscription, for whoever may change it. A key changes none that is sent what the key may not read: it could
 * lead that to itself.
 * @returns the row, and the database's clock
 * @throws DomainError not_found, role_forbids, precondition_failed
 */
export async function lockForWebhookChange(
  ctx: Context & { db: Transaction },
  { id, versions = null }: WebhookChange,
): Promise<{ row: WebhookRow; now: Date }> {
  const row = await lockWebhook(ctx, id)
  await requireStanding(ctx)
  requireReads(ctx.actor, row.events)
  if (versions && !versions.includes(row.version)) throw preconditionFailed('webhook')
  return { row, now: await databaseNow(ctx.db) }
}
