import type { Context } from '@/lib/kernel/actors/context'
import type { DeliveryWithLog } from '@/lib/work/webhooks/contract'
import { type DeliveryOf, readDelivery } from '@/lib/work/webhooks/deliveries/rows'
import { getWebhook } from '@/lib/work/webhooks/subscriptions/get'

/** @throws DomainError not_found, role_forbids, developer_api_disabled */
export async function getDelivery(ctx: Context, { id, delivery_id }: DeliveryOf): Promise<DeliveryWithLog> {
  const webhook = await getWebhook(ctx, { id })
  return readDelivery(ctx, { id: webhook.id, delivery_id })
}
