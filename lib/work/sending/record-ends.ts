import { z } from 'zod'
import { type ActivityActor, recordActivities } from '@/lib/kernel/activities/record'
import type { Tenant } from '@/lib/kernel/actors/context'
import type { EmailStatus } from '@/lib/kernel/db/generated/enums'
import type { Transaction } from '@/lib/kernel/db/transaction'
import { shownMailbox } from '@/lib/work/sending/contract'

const mailboxes = z.array(shownMailbox)

/** Recipients of an email as it is stored, each once. */
export const recipientsOf = ({ to, cc, bcc }: { to: unknown; cc?: unknown; bcc?: unknown }): string[] => [
  ...new Set([to, cc ?? [], bcc ?? []].flatMap((list) => mailboxes.parse(list)).map(({ email }) => email)),
]

type Ended = { id?: string; status: EmailStatus; subject: string; to: unknown; cc?: unknown; bcc?: unknown }

/**
 * Appends what became of emails to the activities: to the history of each recipient who is a contact, and once where none
 * is.
 */
export async function recordEnds(
  ctx: { db: Transaction; tenant: Tenant; actor: ActivityActor },
  emails: Ended[],
): Promise<void> {
  const { db, tenant } = ctx
  const written = emails.map((email) => ({ email, recipients: recipientsOf(email) }))
  const contacts = await db.contact.findMany({
    where: { ...tenant, email: { in: [...new Set(written.flatMap(({ recipients }) => recipients))] } },
    select: { id: true, email: true },
  })
  const byEmail = new Map(contacts.map(({ id, email }) => [email, id]))
  const happenings = written.flatMap(({ email: { id = '', status, subject }, recipients }) => {
    const known = recipients.flatMap((recipient) => byEmail.get(recipient) ?? [])
    const type = status === 'failed' ? ('email.failed' as const) : ('email.sent' as const)
    return (known.length > 0 ? known : [null]).map((contact_id) => ({
      type,
      subject: { kind: 'email', id },
      contact_id,
      data: { subject, status },
    }))
  })
  await recordActivities(ctx, happenings)
}
