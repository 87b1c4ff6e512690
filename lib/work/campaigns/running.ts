import type { Transaction } from '@/lib/kernel/db/transaction'
import type { TemplateContent } from '@/lib/work/templates/compile'
import type { VariableValues } from '@/lib/work/templates/contract'

/** A campaign with all that its mails are written from. */
export type RunningCampaign = {
  id: string
  name: string
  organization_id: string
  environment: 'live' | 'test'
  contact_list_id: string | null
  from_email: string | null
  from_name: string | null
  reply_to: string | null
  variables: VariableValues
  organization_name: string
  email_senders: string[]
  content: TemplateContent
}

/**
 * Holds a campaign that is sending as it is until the transaction ends. Nothing here waits for a lock, so that it takes part
 * in no deadlock: what somebody is changing now is for the next round.
 * @returns null where it is not sending, gone, or being changed
 */
export async function holdRunning(db: Transaction, id: string): Promise<RunningCampaign | null> {
  const rows = await db.$queryRaw<RunningCampaign[]>`
    SELECT c.id, c.name, c.organization_id, c.environment, c.contact_list_id, c.from_email, c.from_name, c.reply_to,
      c.variables, o.name AS organization_name, o.email_senders,
      jsonb_build_object('subject', v.subject, 'html', v.html, 'text', v.text, 'variables', v.variables) AS content
    FROM campaigns c JOIN organizations o ON o.id = c.organization_id
    JOIN template_versions v ON v.organization_id = c.organization_id AND v.environment = c.environment
      AND v.template_id = c.template_id AND v.number = c.template_version
    WHERE c.id = ${id}::uuid AND c.status = 'sending' FOR SHARE OF c SKIP LOCKED`
  return rows[0] ?? null
}

export const tenantOfCampaign = ({ organization_id, environment }: RunningCampaign) => ({
  organization_id,
  environment,
})

/** As the stream of activities names a campaign that does something by itself. */
export const campaignActor = ({ id, name }: { id: string; name: string }) =>
  ({ kind: 'campaign', id, label: name }) as const

type Sending = Pick<RunningCampaign, 'from_email' | 'from_name' | 'organization_name' | 'email_senders'>

/** Whom its mails are from; null while the organisation may not send from there. */
export function senderOf({ from_email, from_name, organization_name, email_senders }: Sending) {
  const email = from_email ?? email_senders[0]
  if (email === undefined || !email_senders.includes(email)) return null
  return { email, name: from_name ?? organization_name }
}
