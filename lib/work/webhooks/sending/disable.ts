import { NO_ORIGIN } from '@/lib/kernel/actors/context'
import { recordAudit } from '@/lib/kernel/audit/record'
import type { Transaction } from '@/lib/kernel/db/transaction'
import { WEBHOOK_SELECT, webhookTarget } from '@/lib/work/webhooks/subscriptions/rows'

const OURSELVES = { kind: 'operator', name: 'webhooks' } as const

type Disabling = { webhook_id: string; reason: 'gone' | 'failing' }

/** Ends a subscription whose receiver is gone, audited, of which the Admins are told. One that is disabled or gone stays so. */
export async function disableWebhook(db: Transaction, { webhook_id, reason }: Disabling): Promise<void> {
  const [found] = await db.$queryRaw<{ organization_id: string; now: Date }[]>`
    SELECT organization_id, clock_timestamp()::timestamptz(3) AS now FROM webhooks
    WHERE id = ${webhook_id}::uuid AND enabled FOR UPDATE`
  if (!found) return
  const { organization_id, now } = found
  const row = await db.webhook.update({
    where: { id: webhook_id },
    data: { enabled: false, disabled_reason: reason, disabled_at: now },
    select: WEBHOOK_SELECT,
  })
  const ctx = { db, actor: OURSELVES, organization: { id: organization_id }, origin: NO_ORIGIN }
  await recordAudit(ctx, { action: 'webhook.disabled', target: webhookTarget(row), after: row })
}
