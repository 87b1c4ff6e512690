import { recordActivities } from '@/lib/kernel/activities/record'
import type { PrismaClient } from '@/lib/kernel/db/generated/client'
import { inTransaction } from '@/lib/kernel/db/transaction'
import { type CampaignKey, ofCampaign } from '@/lib/work/campaigns/note'
import { campaignActor } from '@/lib/work/campaigns/running'

type Standing = {
  name: string
  status: 'sending' | 'paused' | 'cancelled'
  waiting: boolean
  on_the_way: boolean
  gathered: boolean
}

/**
 * Ends the work on a campaign of which nothing is left to be done: it has finished, or it is paused or cancelled and its
 * last mail has ended.
 */
export function closeIfDone(client: PrismaClient, key: CampaignKey): Promise<void> {
  const { campaign_id: id, ...tenant } = key
  return inTransaction({ db: client }, async ({ db }) => {
    const [standing] = await db.$queryRaw<Standing[]>`
      SELECT c.name, c.status, p.gathered_at IS NOT NULL AS gathered,
        EXISTS (SELECT FROM campaign_recipients r WHERE ${ofCampaign(key, 'r')} AND r.status = 'pending') AS waiting,
        EXISTS (SELECT FROM campaign_recipients r WHERE ${ofCampaign(key, 'r')} AND r.status = 'queued') AS on_the_way
      FROM campaigns c JOIN campaign_progress p ON p.campaign_id = c.id
      WHERE ${ofCampaign(key, 'p')} AND c.id = ${id}::uuid FOR NO KEY UPDATE SKIP LOCKED`
    if (!standing || standing.on_the_way) return
    const { status, waiting, gathered, name } = standing
    if (status === 'sending' && (waiting || !gathered)) return
    const { recipients, sent, failed, excluded, unsubscribed } = await db.campaignProgress.update({
      where: { organization_id_environment_campaign_id: key },
      data: { open: false },
    })
    if (status !== 'sending') return
    await db.$executeRaw`
      UPDATE campaigns SET status = 'finished', finished_at = clock_timestamp(),
        updated_at = greatest(clock_timestamp(), created_at)
      WHERE id = ${id}::uuid`
    await recordActivities({ db, tenant, actor: campaignActor({ id, name }) }, [
      {
        type: 'campaign.finished',
        subject: { kind: 'campaign', id },
        data: { name, recipients, sent, failed, excluded, unsubscribed },
      },
    ])
  })
}
