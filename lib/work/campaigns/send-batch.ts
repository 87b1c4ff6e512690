import type { PrismaClient } from '@/lib/kernel/db/generated/client'
import { inTransaction, type Transaction } from '@/lib/kernel/db/transaction'
import { findExclusions } from '@/lib/kernel/exclusions/find'
import { sendsMail } from '@/lib/kernel/mail/send'
import { findUnsubscribed } from '@/lib/kernel/unsubscribes/find'
import { type Addressee, decideMail, type MailDecision } from '@/lib/work/campaigns/decide'
import { noteRecipients } from '@/lib/work/campaigns/note'
import {
  campaignActor,
  holdRunning,
  type RunningCampaign,
  senderOf,
  tenantOfCampaign,
} from '@/lib/work/campaigns/running'
import { queueEmails } from '@/lib/work/sending/queue-emails'
import { compileTemplate } from '@/lib/work/templates/compile'

/** Recipients whose mails are made by one transaction. */
const BATCH = 100

/** Nothing else of this process runs while a batch is written: one whose mails take longer ends with fewer of them. */
const LONGEST_WRITING_MS = 250

/** Characters of a batch's mails; the last one may go beyond. */
const MOST_WRITTEN = 4_000_000

/** Mails of a campaign that may wait for the mail server: what is paused takes these back. */
const MOST_ON_THE_WAY = 1_000

/**
 * Makes the mails of up to a hundred recipients, within bounds of time and size. Who is excluded or has unsubscribed is
 * asked now; the mails, what became of each recipient and the counts commit together: each gets one mail, whatever becomes
 * of the process.
 * @returns how many recipients had their turn
 */
export function sendBatch(client: PrismaClient, campaign_id: string): Promise<number> {
  return inTransaction({ db: client }, async ({ db }) => {
    const campaign = await holdRunning(db, campaign_id)
    const from = campaign && senderOf(campaign)
    // Nobody can send for the organisation now: the recipients wait.
    if (!from || (campaign.environment === 'live' && !sendsMail())) return 0
    const addressees = await holdPending(db, campaign)
    if (addressees.length === 0) return 0
    const tenant = tenantOfCampaign(campaign)
    const emails = addressees.map(({ email }) => email)
    const exclusions = await findExclusions(db, tenant, emails)
    const unsubscribed = await findUnsubscribed(db, tenant, emails)
    const template = compileTemplate(campaign.content)
    const decided = decideInBounds(addressees, (addressee) =>
      decideMail({
        campaign,
        template,
        from,
        addressee,
        exclusion: exclusions.get(addressee.email),
        unsubscribed: unsubscribed.has(addressee.email),
      }),
    )
    const mails = decided.flatMap(({ decision }) => (decision.status === 'queued' ? [decision.email] : []))
    await queueEmails({ db, tenant, actor: campaignActor(campaign) }, mails)
    await noteRecipients(
      db,
      { ...tenant, campaign_id },
      decided.map(({ addressee: { contact_id }, decision }) => {
        if (decision.status !== 'queued') return { contact_id, email_id: null, ...decision }
        // In the sandbox a mail has ended as it is made.
        const status = campaign.environment === 'test' ? 'sent' : 'queued'
        return { contact_id, email_id: decision.email.id, status, reason: null }
      }),
    )
    return decided.length
  })
}

type Decided = { addressee: Addressee; decision: MailDecision }

/** Decides on one after the other, until it has taken long or much is written. */
function decideInBounds(addressees: readonly Addressee[], decide: (addressee: Addressee) => MailDecision): Decided[] {
  const until = performance.now() + LONGEST_WRITING_MS
  const decided: Decided[] = []
  let written = 0
  for (const addressee of addressees) {
    const decision = decide(addressee)
    decided.push({ addressee, decision })
    if (decision.status === 'queued') written += (decision.email.html?.length ?? 0) + (decision.email.text?.length ?? 0)
    if (written > MOST_WRITTEN || performance.now() > until) break
  }
  return decided
}

/** Holds recipients who have had no turn, and their contacts, as many as may be on the way. */
async function holdPending(db: Transaction, { id, ...campaign }: RunningCampaign): Promise<Addressee[]> {
  const { organization_id, environment } = campaign
  return db.$queryRaw<Addressee[]>`
    SELECT r.contact_id, c.email, c.custom_fields, jsonb_build_object('email', c.email, 'first_name', c.first_name,
      'last_name', c.last_name, 'company', c.company, 'domain', c.domain, 'title', c.title, 'phone', c.phone,
      'linkedin_url', c.linkedin_url) AS fields
    FROM campaign_recipients r JOIN contacts c ON c.id = r.contact_id
    WHERE r.organization_id = ${organization_id}::uuid AND r.environment = ${environment}::environment
      AND r.campaign_id = ${id}::uuid AND r.status = 'pending'
    ORDER BY r.contact_id
    LIMIT (SELECT greatest(0, least(${BATCH}::int, ${MOST_ON_THE_WAY}::int - count(*))) FROM campaign_recipients q
      WHERE q.organization_id = ${organization_id}::uuid AND q.environment = ${environment}::environment
        AND q.campaign_id = ${id}::uuid AND q.status = 'queued')
    FOR NO KEY UPDATE OF r SKIP LOCKED FOR KEY SHARE OF c SKIP LOCKED`
}
