import { z } from 'zod'
import { email, label, text } from '@/lib/contracts/fields'

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
    .regex(/^[a-z0-9][a-z0-9.+-]*\/[a-z0-9][a-z0-9.+-]*$/, 'A media type in lower case, like application/pdf.'),
  content: z.string().refine(isBase64, 'Base64 (RFC 4648), with its padding.').meta({ contentEncoding: 'base64' }),
})

export const shownAttachment = z.object({
  filename: z.string(),
  content_type: z.string(),
  size: z.int().meta({ description: 'In bytes.' }),
})

const tag = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, '1 to 64 of A-Z, a-z, 0-9, _ and -.')

const ada = { email: 'ada@customers.example', name: 'Ada Lovelace' }

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
    subject: label(300).meta({ example: 'Your invoice' }),
    html: text(MAX_BODY).min(1, 'Write something.').optional().meta({ example: '<p>It is attached.</p>' }),
    text: text(MAX_BODY).min(1, 'Write something.').optional().meta({ example: 'It is attached.' }),
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
  .refine(({ html, text }) => html !== undefined || text !== undefined, {
    path: ['text'],
    message: 'Give html or text, or both.',
  })
  .refine(({ to, cc = [], bcc = [] }) => to.length + cc.length + bcc.length <= MAX_RECIPIENTS, {
    path: ['to'],
    message: `At most ${MAX_RECIPIENTS} recipients together with cc and bcc.`,
  })

export type Mailbox = z.output<typeof mailbox>
export type EmailInput = z.output<typeof emailInput>
