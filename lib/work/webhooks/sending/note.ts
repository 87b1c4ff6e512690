import type { PrismaClient } from '@/lib/kernel/db/generated/client'
import { inTransaction, type Transaction } from '@/lib/kernel/db/transaction'
import { disableWebhook } from '@/lib/work/webhooks/sending/disable'
import type { AttemptOutcome } from '@/lib/work/webhooks/sending/outcome'
import { restOf } from '@/lib/work/webhooks/sending/schedule'

/** For how long a receiver may fail before nothing more is sent to it. */
const FAILING_DAYS = 5

type Noted = { webhook_id: string; failures: number; outcomes: AttemptOutcome[] }

/**
 * Notes what came of attempts, of the deliveries and of the subscription, in one transaction. What is gone by then is
 * passed over.
 */
export function noteOutcomes(db: PrismaClient, { webhook_id, failures, outcomes }: Noted): Promise<void> {
  return inTransaction({ db }, async ({ db: transaction }) => {
    // Locked first, as by whoever changes it or has events sent again, so that nobody waits in a circle.
    await transaction.$queryRaw`SELECT id FROM webhooks WHERE id = ${webhook_id}::uuid FOR KEY SHARE`
    await noteAttempts(transaction, outcomes)
    if (outcomes.some(({ health }) => health === 'gone')) {
      await disableWebhook(transaction, { webhook_id, reason: 'gone' })
    } else if (await noteHealth(transaction, { webhook_id, failures, outcomes })) {
      await disableWebhook(transaction, { webhook_id, reason: 'failing' })
    }
  })
}

async function noteAttempts(db: Transaction, outcomes: AttemptOutcome[]) {
  await db.$executeRaw`
    WITH o AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) AS o
        (delivery_id uuid, at timestamptz, duration_ms int, status_code int, error text, reply text,
         status webhook_delivery_status, again_ms bigint)
    ), noted AS (
      UPDATE webhook_deliveries d SET attempts = attempts + 1, tries = tries + 1, status = o.status,
        next_attempt_at = clock_timestamp() + o.again_ms * interval '1 ms',
        ended_at = CASE WHEN o.status <> 'pending' THEN clock_timestamp() END
      FROM o WHERE d.id = o.delivery_id
      RETURNING d.id, d.attempts
    )
    INSERT INTO webhook_attempts (delivery_id, number, at, duration_ms, status_code, error, reply)
    SELECT noted.id, noted.attempts, o.at, o.duration_ms, o.status_code, o.error, o.reply
    FROM noted JOIN o ON o.delivery_id = noted.id`
}

/** @returns whether the receiver has failed for so long that it is given up */
async function noteHealth(db: Transaction, { webhook_id, failures, outcomes }: Noted): Promise<boolean> {
  const good = outcomes.some(({ health }) => health === 'good')
  const bad = outcomes.some(({ health }) => health === 'bad')
  const asked = outcomes.flatMap(({ rest }) => (rest ? [rest.asked ?? 0] : []))
  const rest = asked.length > 0 ? restOf(failures + 1, Math.max(...asked)) : null
  if (!good && !bad) return false
  const rows = await db.$queryRaw<{ given_up: boolean }[]>`
    UPDATE webhook_health SET
      failing_since = CASE WHEN ${good} THEN NULL ELSE coalesce(failing_since, clock_timestamp()) END,
      failures = CASE WHEN ${good} THEN 0 ELSE ${failures + 1}::int END,
      rests_until = clock_timestamp() + ${rest}::int * interval '1 ms'
    WHERE webhook_id = ${webhook_id}::uuid AND NOT (${good && rest === null} AND failing_since IS NULL AND rests_until IS NULL)
    RETURNING coalesce(failing_since < clock_timestamp() - make_interval(days => ${FAILING_DAYS}::int), false) AS given_up`
  return rows[0]?.given_up ?? false
}
