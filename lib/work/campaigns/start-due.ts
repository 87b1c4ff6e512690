import { recordActivities } from '@/lib/kernel/activities/record'
import type { PrismaClient } from '@/lib/kernel/db/generated/client'
import { inTransaction, type Transaction } from '@/lib/kernel/db/transaction'
import { campaignActor } from '@/lib/work/campaigns/running'

const MOST_AT_ONCE = 100

type Due = {
  id: string
  name: string
  organization_id: string
  environment: 'live' | 'test'
  contact_list_id: string | null
}

/** Starts the campaigns whose time has come. One whose list has been deleted since is cancelled: it has nobody to go to. */
export async function startDue(client: PrismaClient): Promise<void> {
  await inTransaction({ db: client }, async ({ db }) => {
    const due = await db.$queryRaw<Due[]>`
      SELECT id, name, organization_id, environment, contact_list_id FROM campaigns
      WHERE status = 'scheduled' AND send_at <= statement_timestamp()
      ORDER BY send_at LIMIT ${MOST_AT_ONCE} FOR NO KEY UPDATE SKIP LOCKED`
    for (const campaign of due) await startOne(db, campaign)
  })
}

async function startOne(db: Transaction, { id, name, contact_list_id, ...tenant }: Due): Promise<void> {
  const actor = campaignActor({ id, name })
  const subject = { kind: 'campaign', id }
  if (contact_list_id === null) {
    await db.$executeRaw`
      UPDATE campaigns SET status = 'cancelled', updated_at = greatest(clock_timestamp(), created_at) WHERE id = ${id}::uuid`
    const data = { name, because: 'list_deleted' }
    await recordActivities({ db, tenant, actor }, [{ type: 'campaign.cancelled', subject, data }])
    return
  }
  await db.$executeRaw`
    UPDATE campaigns SET status = 'sending', started_at = clock_timestamp(),
      updated_at = greatest(clock_timestamp(), created_at)
    WHERE id = ${id}::uuid`
  await db.campaignProgress.create({ data: { ...tenant, campaign_id: id } })
  await recordActivities({ db, tenant, actor }, [{ type: 'campaign.started', subject, data: { name } }])
}
