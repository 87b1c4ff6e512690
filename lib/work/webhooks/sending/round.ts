import type { PrismaClient } from '@/lib/kernel/db/generated/client'

/** Deliveries that are taken at once. */
const AT_ONCE = 100

export type DueDelivery = {
  id: string
  event_id: string
  type: string
  body: string
  /** Attempts since it began, or was replayed. */
  tries: number
}

/** A subscription with what is to be sent to it now. */
export type Round = {
  webhook_id: string
  url: string
  /** Each signs. */
  secrets: Uint8Array[]
  /** Rounds that have failed since the last success. */
  failures: number
  due: DueDelivery[]
  /** The instant of the database's clock that is now, in milliseconds since 1970. */
  now: () => number
}

type Head = { url: string; secret: Uint8Array; previous_secret: Uint8Array | null; failures: number; now: Date }

/**
 * What is due of a subscription, the longest due first.
 * @returns null where it is gone, disabled, at rest, or nothing is due
 */
export async function takeRound(db: PrismaClient, webhook_id: string): Promise<Round | null> {
  const [head] = await db.$queryRaw<Head[]>`
    SELECT w.url, w.secret, h.failures, clock_timestamp()::timestamptz(3) AS now,
      CASE WHEN w.previous_secret_until > clock_timestamp() THEN w.previous_secret END AS previous_secret
    FROM webhooks w JOIN webhook_health h ON h.webhook_id = w.id
    WHERE w.id = ${webhook_id}::uuid AND w.enabled AND coalesce(h.rests_until <= clock_timestamp(), true)`
  if (!head) return null
  const { url, secret, previous_secret, failures } = head
  const read = performance.now()
  const now = () => head.now.getTime() + performance.now() - read
  const due = await db.$queryRaw<DueDelivery[]>`
    SELECT id, event_id, type, body, tries FROM webhook_deliveries
    WHERE webhook_id = ${webhook_id}::uuid AND status = 'pending' AND next_attempt_at <= clock_timestamp()
    ORDER BY next_attempt_at, id LIMIT ${AT_ONCE}::int`
  if (due.length === 0) return null
  return { webhook_id, url, secrets: [secret, ...(previous_secret ? [previous_secret] : [])], failures, due, now }
}
