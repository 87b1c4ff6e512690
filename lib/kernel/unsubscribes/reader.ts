import { z } from 'zod'
import type { Tenant } from '@/lib/kernel/actors/context'
import type { Database } from '@/lib/kernel/db/transaction'

/** Who reads a mail that can be unsubscribed from, as its link tells. */
export type Reader = {
  tenant: Tenant
  email: string
  campaign_id: string | null
  /** Whose mails they are. */
  organization: string
  unsubscribed: boolean
}

const recipients = z.array(z.object({ email: z.string() }))

/** @returns null where the mail is gone, or is none of those that one unsubscribes from */
export async function findReader(db: Database, email_id: string): Promise<Reader | null> {
  const mail = await db.email.findUnique({
    where: { id: email_id, unsubscribable: true },
    select: {
      organization_id: true,
      environment: true,
      to: true,
      campaign_id: true,
      organization: { select: { name: true } },
    },
  })
  if (!mail) return null
  const { organization_id, environment, campaign_id, organization } = mail
  const tenant = { organization_id, environment }
  const [recipient] = recipients.parse(mail.to)
  if (!recipient) return null
  const { email } = recipient
  const row = await db.unsubscribe.findUnique({
    where: { organization_id_environment_email: { ...tenant, email } },
    select: { id: true },
  })
  return { tenant, email, campaign_id, organization: organization.name, unsubscribed: row !== null }
}
