import { z } from 'zod'
import { id } from '@/lib/contracts/fields'
import * as r from '@/lib/contracts/rows/kit'
import { emailInput, queuedEmail, shownAttachment, shownMailbox } from '@/lib/work/sending/contract'

const status = r.choice(['queued', 'sent', 'failed', 'mock'])

const mailboxes = z.array(shownMailbox)

const campaign = { table: 'campaigns', collection: '/campaigns', one: 'campaign', gone: 'clear' } as const

const summary = {
  id: r.idField(),
  status: r.shownAs(
    status.shown.meta({
      description: '`mock`: a test key asked for it, so it is never sent. `queued` ones are on their way.',
    }),
  ),
  from: r.shownAs(shownMailbox),
  to: r.shownAs(mailboxes),
  cc: r.shownAs(mailboxes),
  bcc: r.shownAs(mailboxes),
  reply_to: r.shownAs(mailboxes),
  subject: r.shownAs(z.string()),
  tags: r.shownAs(z.array(z.string())),
  attachments: r.shownAs(z.array(shownAttachment)),
  answer: r.shownAs(z.string().nullable().meta({ description: 'What the mail server said last.' })),
  rejected: r.shownAs(
    z.array(z.string()).meta({ description: 'Recipients whom the mail server has refused for good.' }),
  ),
  campaign_id: {
    ...r.shownAs(id().nullable().meta({ description: 'The campaign that it belongs to.' })),
    reference: campaign,
  },
  sent_at: r.kept(r.perhaps(r.moment())),
  ...r.stamps(),
}

/** As lists show them, without what they say. */
export const emailSummaryRows = r.defineRows({
  one: 'email',
  schema: 'EmailSummary',
  fields: summary,
  filters: { status: r.equal(status), campaign_id: r.equal(r.idKind()), created_after: r.later('created_at') },
  sorts: ['created_at'],
})

export const emailRows = r.defineRows({
  ...emailSummaryRows,
  schema: 'Email',
  fields: {
    ...summary,
    html: r.shownAs(z.string().nullable()),
    text: r.shownAs(z.string().nullable()),
    headers: r.shownAs(z.record(z.string(), z.string())),
  },
})

export const emailsContract = r.defineResource({
  name: 'emails',
  description:
    'Single emails to one or several recipients. Live keys send them, from the addresses that the platform allows your organisation; test keys get the same answers, and nothing is sent.',
  actions: { read: 'Read emails and what became of them', send: 'Send emails' },
  activities: [
    { type: 'email.sent', contact: true, details: { subject: 'Your invoice', status: 'sent' } },
    { type: 'email.failed', contact: true, details: { subject: 'Your invoice', status: 'failed' } },
  ],
  rows: [emailRows],
  operations: {
    send: {
      method: 'post',
      path: '/email/send',
      scope: 'emails:send',
      summary: 'Send an email',
      description:
        'It is sent in the background: ask for it by its id. Up to 100 recipients and 5 MB of attachments. An excluded recipient is refused, and so is a sender that is not allowed. It says what you write, or what a template makes of its `variables`. Send an Idempotency-Key, and a retry sends nothing twice.',
      body: emailInput,
      // Attachments in base64, and the rest.
      body_limit: 9_437_184,
      makes: '/emails',
      errors: ['email_not_configured'],
      reply: { status: 202, schema: queuedEmail, description: 'The email is taken.' },
    },
    list: r.listOf(emailSummaryRows, 'emails:read', 'A page of emails, without what they say.'),
    get: r.getOf(emailRows, 'emails:read'),
  },
})
