import type { Page } from '@/lib/contracts/page'
import type { Context } from '@/lib/kernel/actors/context'
import { keyset, toPage } from '@/lib/kernel/listing/keyset'
import type { ListDeliveriesQuery, ShownDelivery } from '@/lib/work/webhooks/contract'
import { DELIVERY_SELECT } from '@/lib/work/webhooks/deliveries/rows'
import { getWebhook } from '@/lib/work/webhooks/subscriptions/get'

/**
 * A page of what was sent to a subscription, and is to be.
 * @throws DomainError not_found, invalid_cursor, role_forbids, developer_api_disabled
 */
export async function listDeliveries(
  ctx: Context,
  { id, status, sort, limit, cursor }: { id: string } & ListDeliveriesQuery,
): Promise<Page<ShownDelivery>> {
  const { id: webhook_id } = await getWebhook(ctx, { id })
  const request = { list: ['deliveries', webhook_id, status], sort, limit, cursor }
  const page = keyset(request)
  const rows = await ctx.db.webhookDelivery.findMany({
    where: { webhook_id, ...(status && { status }), AND: [page.where] },
    orderBy: page.orderBy,
    take: page.take,
    select: DELIVERY_SELECT,
  })
  return toPage(request, rows)
}
