import { z } from 'zod'
import { MINUTE_MS } from '@/lib/base/time'
import { NO_ORIGIN } from '@/lib/kernel/actors/context'
import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction } from '@/lib/kernel/db/transaction'
import { defineJob } from '@/lib/kernel/jobs/define'
import { handle } from '@/lib/kernel/jobs/handle'
import { keyTarget, type TargetKey } from '@/lib/keys/rows'
import { EXPIRING_MS } from '@/lib/keys/status'

/** Few at a time: the rest is told in the next round. */
const BATCH = 200

const CLOCK = { kind: 'operator', name: 'clock' } as const

const tellExpiring = defineJob({
  name: 'webhook.tell_expiring',
  data: z.strictObject({}),
  every: MINUTE_MS,
  at_once: 1,
})

type Expiring = TargetKey & { organization_id: string; name: string; expires_at: Date }

/** Says once of each key that it has come into its last days, in its history and so to whoever subscribed to that. */
export const tellExpiringHandler = handle(tellExpiring, ({ db: client }) =>
  inTransaction({ db: client }, async ({ db }) => {
    const keys = await db.$queryRaw<Expiring[]>`
      SELECT k.id, k.organization_id, k.key_prefix, k.environment, k.version, k.name, k.expires_at FROM api_keys k
      WHERE k.expires_at > clock_timestamp()
        AND k.expires_at <= clock_timestamp() + ${EXPIRING_MS}::bigint * interval '1 ms'
        AND k.long_lived AND k.revoked_at IS NULL AND k.rotated_at IS NULL
        AND NOT EXISTS (
          SELECT FROM audit_entries e
          WHERE e.organization_id = k.organization_id AND e.target_id = k.id AND e.action = 'api_key.expiring'
        )
      ORDER BY k.expires_at LIMIT ${BATCH}::int`
    for (const { organization_id, ...key } of keys) {
      const ctx = { db, actor: CLOCK, organization: { id: organization_id }, origin: NO_ORIGIN }
      await recordAudit(ctx, { action: 'api_key.expiring', target: keyTarget(key), after: key })
    }
  }),
)
