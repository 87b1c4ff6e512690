import type { Page } from '@/lib/contracts/page'
import type { Context } from '@/lib/kernel/actors/context'
import { requireSeeWebhooks } from '@/lib/kernel/actors/permissions'
import { databaseNow } from '@/lib/kernel/db/transaction'
import { keyset, toPage } from '@/lib/kernel/listing/keyset'
import type { ListWebhooksQuery, Webhook } from '@/lib/work/webhooks/contract'
import { showWebhook, WEBHOOK_SELECT, webhooksInReach } from '@/lib/work/webhooks/subscriptions/rows'

/**
 * A page of the organisation's subscriptions; for a key, of those of its environment.
 * @throws DomainError invalid_cursor, role_forbids, developer_api_disabled
 */
export async function listWebhooks(
  ctx: Context,
  { environment, sort, limit, cursor }: ListWebhooksQuery,
): Promise<Page<Webhook>> {
  requireSeeWebhooks(ctx)
  const reach = { ...(environment && { environment }), ...webhooksInReach(ctx) }
  const request = { list: ['webhooks', reach], sort, limit, cursor }
  const page = keyset(request)
  const rows = await ctx.db.webhook.findMany({
    where: { ...reach, AND: [page.where] },
    orderBy: page.orderBy,
    take: page.take,
    select: WEBHOOK_SELECT,
  })
  const now = await databaseNow(ctx.db)
  const { data, ...rest } = toPage(request, rows)
  return { ...rest, data: data.map((row) => showWebhook(row, now)) }
}
