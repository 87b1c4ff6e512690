import type { PrismaClient } from '@/lib/kernel/db/generated/client'
import { type CampaignKey, countMoved, ofCampaign } from '@/lib/work/campaigns/note'
import { LEFT_ALONE } from '@/lib/work/sending/left-alone'

/**
 * Notes which of a campaign's mails have ended since it was last asked, and how. Of one that has failed its answer says
 * whether its reader was left alone by then.
 */
export async function settleEnded(db: PrismaClient, key: CampaignKey): Promise<void> {
  await db.$executeRaw`
    WITH ended AS (
      SELECT r.contact_id, e.answer, CASE
        WHEN e.status <> 'failed' THEN 'sent'
        WHEN e.answer IS DISTINCT FROM ${LEFT_ALONE} THEN 'failed'
        WHEN EXISTS (
          SELECT FROM unsubscribes u WHERE u.organization_id = e.organization_id AND u.environment = e.environment
            AND u.email = e."to" -> 0 ->> 'email'
        ) THEN 'unsubscribed'
        ELSE 'excluded' END::recipient_status AS status
      FROM campaign_recipients r JOIN emails e ON e.id = r.email_id
      WHERE ${ofCampaign(key, 'r')} AND r.status = 'queued' AND e.status <> 'queued'
      FOR NO KEY UPDATE OF r SKIP LOCKED
    ), moved AS (
      UPDATE campaign_recipients r SET status = n.status, reason = CASE WHEN n.status <> 'sent' THEN n.answer END
      FROM ended n WHERE ${ofCampaign(key, 'r')} AND r.contact_id = n.contact_id RETURNING r.status
    ) ${countMoved(key)} AND EXISTS (SELECT FROM moved)`
}
