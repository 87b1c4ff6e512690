import { inBulkTransaction } from '@/lib/kernel/db/transaction'
import { ofCampaign } from '@/lib/work/campaigns/note'
import { holdRunning } from '@/lib/work/campaigns/running'

/**
 * Takes the contacts who are on the list now for the campaign's recipients, once. Whoever comes onto it later gets nothing.
 * @returns how many they are; 0 where it was done before
 */
export function gatherRecipients(campaign_id: string): Promise<number> {
  return inBulkTransaction(async (db) => {
    const campaign = await holdRunning(db, campaign_id)
    if (!campaign) return 0
    const { organization_id, environment, contact_list_id } = campaign
    const held = await db.$queryRaw<object[]>`
      SELECT FROM campaign_progress p WHERE ${ofCampaign({ organization_id, environment, campaign_id }, 'p')}
        AND p.gathered_at IS NULL FOR NO KEY UPDATE SKIP LOCKED`
    if (held.length === 0) return 0
    // Held, so that none is deleted before the reference to it is there.
    const recipients = await db.$executeRaw`
      INSERT INTO campaign_recipients (organization_id, environment, campaign_id, contact_id)
      SELECT c.organization_id, c.environment, ${campaign_id}::uuid, c.id
      FROM contact_list_members m JOIN contacts c ON c.id = m.contact_id
      WHERE m.list_id = ${contact_list_id}::uuid
        AND c.organization_id = ${organization_id}::uuid AND c.environment = ${environment}::environment
      FOR KEY SHARE OF c`
    await db.$executeRaw`
      UPDATE campaign_progress p SET gathered_at = clock_timestamp(), recipients = ${recipients}::int
      WHERE ${ofCampaign({ organization_id, environment, campaign_id }, 'p')}`
    return recipients
  })
}
