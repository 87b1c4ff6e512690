import { Prisma } from '@/lib/kernel/db/generated/client'
import type { Transaction } from '@/lib/kernel/db/transaction'

/** A campaign, as the keys of its recipients begin. */
export type CampaignKey = { organization_id: string; environment: 'live' | 'test'; campaign_id: string }

/** The row `alias` belongs to the campaign. */
export const ofCampaign = ({ organization_id, environment, campaign_id }: CampaignKey, alias: 'r' | 'p') => {
  const row = Prisma.raw(alias)
  return Prisma.sql`${row}.organization_id = ${organization_id}::uuid AND ${row}.environment = ${environment}::environment
    AND ${row}.campaign_id = ${campaign_id}::uuid`
}

/** Counts what became of the recipients in `moved`, in the statement in which it does. */
export const countMoved = (key: CampaignKey) => Prisma.sql`
  UPDATE campaign_progress p SET sent = p.sent + m.sent, failed = p.failed + m.failed, excluded = p.excluded + m.excluded,
    unsubscribed = p.unsubscribed + m.unsubscribed
  FROM (
    SELECT count(*) FILTER (WHERE status = 'sent')::int AS sent, count(*) FILTER (WHERE status = 'failed')::int AS failed,
      count(*) FILTER (WHERE status = 'excluded')::int AS excluded,
      count(*) FILTER (WHERE status = 'unsubscribed')::int AS unsubscribed
    FROM moved
  ) m
  WHERE ${ofCampaign(key, 'p')}`

type Noted = {
  contact_id: string
  status: 'queued' | 'sent' | 'failed' | 'excluded' | 'unsubscribed'
  email_id: string | null
  reason: string | null
}

/** Notes what became of recipients, and counts it. */
export async function noteRecipients(db: Transaction, key: CampaignKey, recipients: Noted[]): Promise<void> {
  const rows = recipients.map(({ contact_id, status, email_id, reason }) => ({ contact_id, status, email_id, reason }))
  await db.$executeRaw`
    WITH moved AS (
      UPDATE campaign_recipients r SET status = n.status, email_id = n.email_id, reason = n.reason
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS n (contact_id uuid, status recipient_status, email_id uuid, reason text)
      WHERE ${ofCampaign(key, 'r')} AND r.contact_id = n.contact_id RETURNING r.status
    ) ${countMoved(key)}`
}
