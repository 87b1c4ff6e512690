import type { Transaction } from '@/lib/kernel/db/transaction'
import { type CampaignKey, ofCampaign } from '@/lib/work/campaigns/note'

/**
 * Takes back the mails of a campaign that nobody has begun to send: their recipients have had no turn. Whoever sends one
 * marks it first, so it is either taken back or sent.
 */
export async function takeBackUnsent(db: Transaction, key: CampaignKey): Promise<void> {
  const unsent = await db.$queryRaw<{ id: string }[]>`
    SELECT e.id FROM campaign_recipients r JOIN emails e ON e.id = r.email_id
    WHERE ${ofCampaign(key, 'r')} AND r.status = 'queued' AND e.status = 'queued' AND e.sending_at IS NULL
    FOR UPDATE OF e, r`
  const ids = unsent.map(({ id }) => id)
  await db.$executeRaw`
    UPDATE campaign_recipients r SET status = 'pending', email_id = NULL
    WHERE ${ofCampaign(key, 'r')} AND r.email_id = ANY (${ids}::uuid[])`
  await db.email.deleteMany({ where: { id: { in: ids } } })
}
