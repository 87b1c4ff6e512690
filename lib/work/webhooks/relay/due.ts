import type { PrismaClient } from '@/lib/kernel/db/generated/client'

/**
 * The subscriptions for which something is due and which do not rest. Asked for twice a second: those that wait are gone
 * through in their index, from one to the next, and not the subscriptions for which nothing waits.
 * @returns their ids
 */
export async function dueWebhooks(db: PrismaClient): Promise<string[]> {
  const due = await db.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE waiting AS (
      (SELECT webhook_id FROM webhook_deliveries WHERE status = 'pending' ORDER BY webhook_id LIMIT 1)
      UNION ALL
      SELECT (
        SELECT d.webhook_id FROM webhook_deliveries d
        WHERE d.status = 'pending' AND d.webhook_id > last.webhook_id ORDER BY d.webhook_id LIMIT 1
      ) FROM waiting last WHERE last.webhook_id IS NOT NULL
    )
    SELECT w.id FROM waiting
    JOIN webhooks w ON w.id = waiting.webhook_id
    WHERE w.enabled AND (
      SELECT coalesce(h.rests_until <= clock_timestamp(), true) FROM webhook_health h WHERE h.webhook_id = w.id
    ) AND EXISTS (
      SELECT FROM webhook_deliveries d
      WHERE d.webhook_id = w.id AND d.status = 'pending' AND d.next_attempt_at <= clock_timestamp()
    )`
  return due.map(({ id }) => id)
}
