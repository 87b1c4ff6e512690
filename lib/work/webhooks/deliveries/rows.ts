import { notFound } from '@/lib/base/errors'
import { id as uuid } from '@/lib/contracts/fields'
import type { Context } from '@/lib/kernel/actors/context'
import type { Prisma } from '@/lib/kernel/db/generated/client'
import type { DeliveryWithLog } from '@/lib/work/webhooks/contract'

/** What is read of a delivery to show it: not what was sent, which a reader of the log need not be allowed to read. */
export const DELIVERY_SELECT = {
  id: true,
  event_id: true,
  type: true,
  status: true,
  attempts: true,
  next_attempt_at: true,
  created_at: true,
  ended_at: true,
} satisfies Prisma.WebhookDeliverySelect

/** A delivery of a subscription that the context reaches. */
export type DeliveryOf = { id: string; delivery_id: string }

/**
 * A delivery of a subscription, with its attempts. The caller has checked that the actor reaches the subscription.
 * @throws DomainError not_found
 */
export async function readDelivery({ db }: Context, { id, delivery_id }: DeliveryOf): Promise<DeliveryWithLog> {
  const row =
    uuid().safeParse(delivery_id).success &&
    (await db.webhookDelivery.findFirst({
      where: { id: delivery_id, webhook_id: id },
      select: {
        ...DELIVERY_SELECT,
        log: {
          select: { number: true, at: true, duration_ms: true, status_code: true, error: true, reply: true },
          orderBy: { number: 'asc' },
        },
      },
    }))
  if (!row) throw notFound('delivery')
  return row
}
