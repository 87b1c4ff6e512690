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

/**
 * Takes every campaign on that was started: of each a batch in turn, so that a large one keeps no other waiting. Nor does one
 * that fails: it is left for the next round, and told at the end of this one.
 */
export const campaignsHandler = handle(carryOutCampaigns, async ({ db, signal, giveWay }) => {
  const until = performance.now() + LONGEST_MS
  const isOver = () => signal.aborted || performance.now() > until
  await startDue(db)
  const failed = new Map<string, unknown>()
  let moved = -1
  while (moved !== 0 && !isOver()) {
    moved = 0
    for (const campaign of await openCampaigns(db)) {
      if (isOver()) break
      if (failed.has(campaign.campaign_id)) continue
      await giveWay()
      try {
        moved += await carryOn(db, campaign)
      } catch (error) {
        failed.set(campaign.campaign_id, error)
      }
    }
  }
  const names = [...failed.keys()].join(', ')
  if (names) throw new AggregateError(failed.values(), `Campaigns that failed: ${names}.`)
})
