import { z } from 'zod'
import { email, id, label, text } from '@/lib/contracts/fields'
import { variableValues } from '@/lib/work/templates/contract'

/** Browser-safe: what an email is made of, whoever writes it. */

/** To, cc and bcc together. */
const MAX_RECIPIENTS = 100

/** Of all attachments together, in bytes. */
const MAX_ATTACHED = 5_242_880

const MAX_ATTACHMENTS = 20
const MAX_BODY = 500_000

/** A mailbox. The name is written by the mail's own rules, so that nothing in it can end a header. */
const mailbox = z.strictObject({ email: email(), name: label(100).nullable().optional() })

/** A mailbox, as replies show it. */
export const shownMailbox = z.object({ email: z.string(), name: z.string().nullable() })

const mailboxes = (most: number) => z.array(mailbox).max(most, `At most ${most}.`)

/** Visible ASCII (RFC 5322): nothing that ends a line, also none of the ends that Unicode has. */
const headerValue = z
  .string()
  .regex(/^[\x21-\x7e](?:[\x20-\x7e]{0,498}[\x21-\x7e])?$/, '1 to 500 visible ASCII characters.')
  .optional()

/**
 * The headers that a caller may set. None of them changes who gets a mail or who it is from; those of providers
 * (`X-SMTPAPI`) could.
 */
const headers = z.strictObject({
  'List-Unsubscribe': headerValue.meta({ example: '<https://example.com/unsubscribe>' }),
  'List-Unsubscribe-Post': headerValue,
  'List-Id': headerValue,
  'In-Reply-To': headerValue,
  References: headerValue,
  'Auto-Submitted': headerValue,
  Precedence: headerValue,
  Importance: headerValue,
  'X-Entity-Ref-ID': headerValue,
})

const isBase64 = (value: string) => value.length % 4 === 0 && !/[^A-Za-z0-9+/]/.test(value.replace(/={1,2}$/, ''))

/** How many bytes base64 text stands for. */
const bytesOf = (value: string) => (value.length / 4) * 3 - (value.length - value.replace(/={1,2}$/, '').length)

const attachment = z.strictObject({
  filename: label(200).refine((name) => !/[\\/]/.test(name), 'A name without a folder.'),
  content_type: z
    .string()
    .max(100, 'At most 100 characters.')
    .regex(/^[a-z0-9][a-z0-9.+-]*\/[a-z0-9][a-z0-9.+-]*$/, 'A media type in lower case, like application/pdf.')
    // Such a part would be taken apart at a boundary that it does not name.
    .refine((type) => !type.startsWith('multipart/'), 'A file has one part: send each as an attachment of its own.'),
  content: z.string().refine(isBase64, 'Base64 (RFC 4648), with its padding.').meta({ contentEncoding: 'base64' }),
})

export const shownAttachment = z.object({
  filename: z.string(),
  content_type: z.string(),
  size: z.int().meta({ description: 'In bytes.' }),
})

const tag = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, '1 to 64 of A-Z, a-z, 0-9, _ and -.')

const ada = { email: 'ada@customers.example', name: 'Ada Lovelace' }

/** What asking for an email answers. */
export const queuedEmail = z.object({ id: id(), status: z.enum(['queued', 'mock']) }).meta({ id: 'QueuedEmail' })

type Said = { [Field in 'subject' | 'html' | 'text' | 'template_id' | 'variables']?: unknown }

/** A mail says what it says itself, or by a template. */
function mismatches({ subject, html, text, template_id, variables }: Said): { path: string; message: string }[] {
  const given = Object.entries({ subject, html, text }).flatMap(([field, value]) =>
    value === undefined ? [] : [field],
  )
  if (template_id !== undefined) return given.map((path) => ({ path, message: 'The template says this.' }))
  return [
    ...(given.includes('subject') ? [] : [{ path: 'subject', message: 'Give a subject, or a template_id.' }]),
    ...(given.some((field) => field !== 'subject') ? [] : [{ path: 'text', message: 'Give html or text, or both.' }]),
    ...(variables === undefined ? [] : [{ path: 'variables', message: 'They belong to a template_id.' }]),
  ]
}

export const emailInput = z
  .strictObject({
    from: mailbox.meta({
      description: 'One of the senders that a platform admin has set for the organisation.',
      example: { email: 'news@acme.test', name: 'Acme' },
    }),
    to: mailboxes(MAX_RECIPIENTS)
      .min(1, 'At least one.')
      .meta({ example: [ada] }),
    cc: mailboxes(MAX_RECIPIENTS).optional(),
    bcc: mailboxes(MAX_RECIPIENTS).optional(),
    reply_to: mailboxes(10).optional(),
    subject: label(300).optional().meta({ example: 'Your invoice', description: 'Required without a template.' }),
    html: text(MAX_BODY).min(1, 'Write something.').optional().meta({ example: '<p>It is attached.</p>' }),
    text: text(MAX_BODY).min(1, 'Write something.').optional().meta({ example: 'It is attached.' }),
    template_id: id()
      .optional()
      .meta({ description: 'In the place of subject, html and text: the template as it is now.' }),
    variables: variableValues.optional().meta({ description: 'What the template is filled with.' }),
    headers: headers.optional().meta({ description: 'Of these only.' }),
    attachments: z
      .array(attachment)
      .max(MAX_ATTACHMENTS, `At most ${MAX_ATTACHMENTS}.`)
      .refine(
        (all) => all.reduce((sum, { content }) => sum + bytesOf(content), 0) <= MAX_ATTACHED,
        'At most 5 MB together.',
      )
      .optional()
      .meta({ example: [{ filename: 'hello.txt', content_type: 'text/plain', content: 'SGVsbG8=' }] }),
    tags: z
      .array(tag)
      .max(20, 'At most 20.')
      .optional()
      .meta({ example: ['invoices'] }),
  })
  .superRefine((given, issues) => {
    for (const { path, message } of mismatches(given)) issues.addIssue({ code: 'custom', path: [path], message })
  })
  .refine(({ to, cc = [], bcc = [] }) => to.length + cc.length + bcc.length <= MAX_RECIPIENTS, {
    path: ['to'],
    message: `At most ${MAX_RECIPIENTS} recipients together with cc and bcc.`,
  })

export type Mailbox = z.output<typeof mailbox>
export type EmailInput = z.output<typeof emailInput>

/** An email that says what it says. */
export type WrittenEmail = Omit<EmailInput, 'subject' | 'html' | 'text' | 'template_id' | 'variables'> & {
  subject: string
  html?: string | null | undefined
  text?: string | null | undefined
  /** Where it must be known before, for a link in it. */
  id?: string
  /** Of a campaign or a flow: whoever has unsubscribed by the time of sending, or is no contact any more, does not get it. */
  unsubscribable?: boolean
  campaign_id?: string
}
