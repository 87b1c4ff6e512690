import { z } from 'zod'
import { SECOND_MS } from '@/lib/base/time'
import type { PrismaClient } from '@/lib/kernel/db/generated/client'
import { defineJob } from '@/lib/kernel/jobs/define'
import { handle } from '@/lib/kernel/jobs/handle'
import { closeIfDone } from '@/lib/work/campaigns/close'
import { gatherRecipients } from '@/lib/work/campaigns/gather'
import type { CampaignKey } from '@/lib/work/campaigns/note'
import { sendBatch } from '@/lib/work/campaigns/send-batch'
import { settleEnded } from '@/lib/work/campaigns/settle'
import { startDue } from '@/lib/work/campaigns/start-due'

/** How soon after its start a campaign begins to send. */
const EVERY_MS = SECOND_MS

/** A round ends by then; what is left is for the next one. */
const LONGEST_MS = 20 * SECOND_MS

const MOST_CAMPAIGNS = 1_000

const carryOutCampaigns = defineJob({
  name: 'campaigns.carry_out',
  data: z.strictObject({}),
  every: EVERY_MS,
  at_once: 1,
})

type Open = CampaignKey & { gathered: boolean }

/** Campaigns of which something is left to be done. */
const openCampaigns = (db: PrismaClient) => db.$queryRaw<Open[]>`
  SELECT organization_id, environment, campaign_id, gathered_at IS NOT NULL AS gathered FROM campaign_progress
  WHERE open LIMIT ${MOST_CAMPAIGNS}`

/** @returns how many recipients came on */
async function carryOn(db: PrismaClient, { gathered, ...key }: Open): Promise<number> {
  if (!gathered) {
    const recipients = await gatherRecipients(key.campaign_id)
    if (recipients > 0) return recipients
  }
  await settleEnded(db, key)
  const sent = await sendBatch(db, key.campaign_id)
  if (sent === 0) await closeIfDone(db, key)
  return sent
}

/** Takes every campaign on that was started: of each a batch in turn, so that a large one keeps no other waiting. */
export const campaignsHandler = handle(carryOutCampaigns, async ({ db, signal, giveWay }) => {
  const until = performance.now() + LONGEST_MS
  await startDue(db)
  let moved = -1
  while (moved !== 0) {
    moved = 0
    for (const campaign of await openCampaigns(db)) {
      if (signal.aborted || performance.now() > until) return
      await giveWay()
      moved += await carryOn(db, campaign)
    }
  }
})
