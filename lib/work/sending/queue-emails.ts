import { type ActivityActor, activityActorOf } from '@/lib/kernel/activities/record'
import type { KeyActor, Tenant } from '@/lib/kernel/actors/context'
import type { Transaction } from '@/lib/kernel/db/transaction'
import { enqueue } from '@/lib/kernel/jobs/enqueue'
import { uuidv7 } from '@/lib/kernel/rows/uuid'
import type { Mailbox, WrittenEmail } from '@/lib/work/sending/contract'
import { sendEmail } from '@/lib/work/sending/job'
import { recordEnds } from '@/lib/work/sending/record-ends'

type Sending = { db: Transaction; tenant: Tenant; actor: KeyActor | ActivityActor }

export type QueuedEmail = { id: string; status: 'queued' | 'mock' }

const storedMailbox = ({ email, name = null }: Mailbox) => ({ email, name })

function rowOf(tenant: Tenant, { id, status }: QueuedEmail, email: WrittenEmail) {
  const { attachments = [], headers = {}, tags = [], subject, html = null, text = null } = email
  const { unsubscribable = false, campaign_id = null } = email
  return {
    id,
    ...tenant,
    status,
    from: storedMailbox(email.from),
    to: email.to.map(storedMailbox),
    cc: (email.cc ?? []).map(storedMailbox),
    bcc: (email.bcc ?? []).map(storedMailbox),
    reply_to: (email.reply_to ?? []).map(storedMailbox),
    subject,
    html,
    text,
    headers: { ...headers },
    tags,
    campaign_id,
    unsubscribable,
    attachments: attachments.map(({ filename, content_type, content }) => ({
      filename,
      content_type,
      size: Buffer.byteLength(content, 'base64'),
    })),
  }
}

/**
 * Makes the rows of emails, and asks for them to be sent: in the transaction of what causes them, so that each is sent if
 * that commits. In the sandbox nothing is sent: they end as they are made, and of what is attached only the names stay.
 * @param emails checked by the contract; whom they may be from, and to whom, is the caller's to judge
 */
export async function queueEmails(ctx: Sending, emails: WrittenEmail[]): Promise<QueuedEmail[]> {
  const { db, tenant } = ctx
  if (emails.length === 0) return []
  const status = tenant.environment === 'live' ? 'queued' : 'mock'
  const queued = emails.map((email) => ({ id: email.id ?? uuidv7(), status, email }) as const)
  const rows = queued.map(({ email, ...made }) => rowOf(tenant, made, email))
  // As one value: to carry thousands of parameters took longer than to write the rows.
  await db.$executeRaw`
    INSERT INTO emails (id, organization_id, environment, status, "from", "to", cc, bcc, reply_to, subject, html, text,
      headers, tags, attachments, campaign_id, unsubscribable)
    SELECT id, organization_id, environment, status, "from", "to", cc, bcc, reply_to, subject, html, text, headers, tags,
      attachments, campaign_id, unsubscribable
    FROM jsonb_populate_recordset(NULL::emails, ${JSON.stringify(rows)}::jsonb)`
  const actor = activityActorOf(ctx.actor)
  if (status === 'mock') {
    await recordEnds({ db, tenant, actor }, rows)
  } else {
    const contents = queued.flatMap(({ id, email: { attachments = [] } }) =>
      attachments.map(({ content }, position) => ({ email_id: id, position, content: Buffer.from(content, 'base64') })),
    )
    if (contents.length > 0) await db.emailAttachment.createMany({ data: contents })
    await enqueue(ctx, ...queued.map(({ id }) => sendEmail.job({ email_id: id, actor })))
  }
  return queued.map(({ id }) => ({ id, status }))
}
