import { z } from 'zod'
import { log } from '@/lib/base/node/log'
import type { ActivityActor } from '@/lib/kernel/activities/record'
import type { Tenant } from '@/lib/kernel/actors/context'
import type { Prisma, PrismaClient } from '@/lib/kernel/db/generated/client'
import { inTransaction } from '@/lib/kernel/db/transaction'
import { findExclusions } from '@/lib/kernel/exclusions/find'
import { backoff } from '@/lib/kernel/jobs/backoff'
import { handle, TryAgainAfter } from '@/lib/kernel/jobs/handle'
import { sendsMail } from '@/lib/kernel/mail/send'
import { findUnsubscribed } from '@/lib/kernel/unsubscribes/find'
import { shownAttachment, shownMailbox } from '@/lib/work/sending/contract'
import { type Delivery, deliver, type Message } from '@/lib/work/sending/deliver'
import { sendEmail } from '@/lib/work/sending/job'
import { LEFT_ALONE } from '@/lib/work/sending/left-alone'
import { recipientsOf, recordEnds } from '@/lib/work/sending/record-ends'

const mailboxes = z.array(shownMailbox)

const attached = z.array(shownAttachment)

const WITH_CONTENTS = { include: { contents: { orderBy: { position: 'asc' } } } } as const

type Row = Prisma.EmailGetPayload<typeof WITH_CONTENTS>

/**
 * Sends an email to those of its recipients who have not got it. A mail goes out once, unless the process ends between the
 * server's yes and our note of it: then the mark `sending_at` is found, nobody can know, and it is sent again, with the
 * same Message-ID.
 */
export const sendEmailHandler = handle(
  sendEmail,
  async ({ db, signal, number, last }, { email_id, actor }) => {
    const email = await db.email.findUnique({ where: { id: email_id, status: 'queued' }, ...WITH_CONTENTS })
    // It has ended, or is gone with its organisation.
    if (!email) return
    const recipients = await left(db, email)
    if (!sendsMail()) throw new Error('SMTP_URL is not set: nothing is sent.')
    if (!(await mark(db, email))) return
    // Another worker may have it by now.
    if (signal.aborted) throw new Error('The worker lost its hold on the job.')
    const delivery =
      recipients.length > 0
        ? await deliver(messageOf(email, recipients))
        : {
            accepted: [],
            refused: [],
            words: email.unsubscribable ? LEFT_ALONE : 'Each recipient has been excluded since.',
          }
    const waiting = delivery.refused.filter(({ for_good }) => !for_good && !last)
    await note(db, { email, actor, delivery, ends: waiting.length === 0 })
    // What the server puts off is no failure of ours.
    if (waiting[0]) throw new TryAgainAfter(backoff(number), waiting[0].words)
  },
  async ({ db }, { email_id }) => {
    const answer = 'Whoever runs the server dropped it before it was sent.'
    await db.email.updateMany({ where: { id: email_id, status: 'queued' }, data: { status: 'failed', answer } })
  },
)

/**
 * From now on it may have gone out, until what came of it is noted.
 * @returns whether it is still to be sent: a campaign that is paused takes back what has not begun
 */
async function mark(db: PrismaClient, { id, sending_at }: Row): Promise<boolean> {
  if (sending_at) log.warn({ email: id }, 'An attempt to send an email was cut off; it may go out twice.')
  const marked = await db.$executeRaw`
    UPDATE emails SET sending_at = clock_timestamp() WHERE id = ${id}::uuid AND status = 'queued'`
  return marked > 0
}

/** Who is to get it still: neither those who have, nor those who are refused, nor those who are excluded by now. */
async function left(db: PrismaClient, email: Row): Promise<string[]> {
  const recipients = recipientsOf(email)
  const excluded = await findExclusions(db, tenantOf(email), recipients)
  const settled = new Set([...email.accepted, ...email.rejected])
  const reached = email.unsubscribable ? await wanting(db, tenantOf(email), recipients) : new Set(recipients)
  return recipients.filter((recipient) => reached.has(recipient) && !settled.has(recipient) && !excluded.has(recipient))
}

/** Those of the emails whose contacts are there still, and have not unsubscribed. */
async function wanting(db: PrismaClient, tenant: Tenant, emails: string[]): Promise<Set<string>> {
  const unsubscribed = await findUnsubscribed(db, tenant, emails)
  const contacts = await db.contact.findMany({ where: { ...tenant, email: { in: emails } }, select: { email: true } })
  return new Set(contacts.flatMap(({ email }) => (unsubscribed.has(email) ? [] : [email])))
}

const tenantOf = ({ organization_id, environment }: Row) => ({ organization_id, environment })

function messageOf(email: Row, recipients: string[]): Message {
  const from = shownMailbox.parse(email.from)
  const domain = from.email.slice(from.email.lastIndexOf('@') + 1)
  const contents = new Map(email.contents.map(({ position, content }) => [position, content]))
  return {
    message_id: `<${email.id}@${domain}>`,
    date: email.created_at,
    from,
    to: mailboxes.parse(email.to),
    cc: mailboxes.parse(email.cc),
    reply_to: mailboxes.parse(email.reply_to),
    subject: email.subject,
    html: email.html,
    text: email.text,
    headers: z.record(z.string(), z.string()).parse(email.headers),
    attachments: attached.parse(email.attachments).map(({ filename, content_type }, position) => ({
      filename,
      content_type,
      content: contents.get(position) ?? new Uint8Array(),
    })),
    recipients,
  }
}

type Noted = { email: Row; actor: ActivityActor; delivery: Delivery; ends: boolean }

/** Keeps what the server said. What ends an email, its activity and the end of its attachments commit together. */
function note(db: PrismaClient, { email, actor, delivery, ends }: Noted): Promise<void> {
  return inTransaction({ db }, async (ctx) => {
    const { accepted, refused, words } = delivery
    const rejected = refused.filter(({ for_good }) => for_good || ends).map(({ recipient }) => recipient)
    const isTaken = email.accepted.length + accepted.length > 0
    const status = !ends ? 'queued' : isTaken ? 'sent' : 'failed'
    const noted = await ctx.db.$executeRaw`
      UPDATE emails SET status = ${status}::email_status, answer = ${refused[0]?.words ?? words}, sending_at = NULL,
        accepted = accepted || ${accepted}::text[], rejected = rejected || ${rejected}::text[],
        sent_at = CASE WHEN ${status} = 'sent' THEN clock_timestamp() END, updated_at = greatest(clock_timestamp(), created_at)
      WHERE id = ${email.id}::uuid AND status = 'queued'`
    if (noted === 0 || !ends) return
    await ctx.db.emailAttachment.deleteMany({ where: { email_id: email.id } })
    await recordEnds({ ...ctx, tenant: tenantOf(email), actor }, [{ ...email, status }])
  })
}
