import { sql, table } from '@/lib/kernel/rows/kit'
import { campaignRows, recipientRows } from '@/lib/resources/campaigns/contract'

export const campaigns = table(campaignRows, {
  shown: {
    figures: sql`(
      SELECT json_build_object('recipients', coalesce(p.recipients, 0), 'sent', coalesce(p.sent, 0),
        'failed', coalesce(p.failed, 0), 'excluded', coalesce(p.excluded, 0),
        'unsubscribed', coalesce(p.unsubscribed, 0), 'unsubscribes', (
          SELECT count(*)::int FROM unsubscribes u WHERE u.organization_id = t.organization_id
            AND u.environment = t.environment AND u.campaign_id = t.id
        ))
      FROM (SELECT) one LEFT JOIN campaign_progress p ON p.organization_id = t.organization_id
        AND p.environment = t.environment AND p.campaign_id = t.id)`,
  },
})

export const recipients = table(recipientRows, {
  from: sql`(
    SELECT r.organization_id, r.environment, r.campaign_id, r.contact_id AS id, c.email, r.status, r.email_id, r.reason
    FROM campaign_recipients r JOIN contacts c ON c.id = r.contact_id)`,
})
