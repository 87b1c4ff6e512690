import { notFound } from '@/lib/base/errors'
import type { Context } from '@/lib/kernel/actors/context'
import { requireSeeWebhooks } from '@/lib/kernel/actors/permissions'
import { databaseNow } from '@/lib/kernel/db/transaction'
import {
  showWebhook,
  type VersionedWebhook,
  WEBHOOK_SELECT,
  webhooksInReach,
} from '@/lib/work/webhooks/subscriptions/rows'

/** @throws DomainError not_found, role_forbids, developer_api_disabled */
export async function getWebhook(ctx: Context, { id }: { id: string }): Promise<VersionedWebhook> {
  requireSeeWebhooks(ctx)
  const row = await ctx.db.webhook.findFirst({ where: { ...webhooksInReach(ctx), id }, select: WEBHOOK_SELECT })
  if (!row) throw notFound('webhook')
  return showWebhook(row, await databaseNow(ctx.db))
}
