import { z } from 'zod'
import { isRefusedForGood } from '@/lib/kernel/mail/for-good'
import { openTransport } from '@/lib/kernel/mail/send'

/** A mail as it goes to the server. */
export type Message = {
  /** The same at each attempt, so that a recipient's server can tell a second one. */
  message_id: string
  date: Date
  from: { email: string; name: string | null }
  to: { email: string; name: string | null }[]
  cc: { email: string; name: string | null }[]
  reply_to: { email: string; name: string | null }[]
  subject: string
  html: string | null
  text: string | null
  headers: Record<string, string>
  attachments: { filename: string; content_type: string; content: Uint8Array }[]
  /** Whom this attempt is for; those that got it before are in the headers still. */
  recipients: string[]
}

/** What a server said to one recipient, or to all. */
type Refusal = { recipient: string; words: string; for_good: boolean }

export type Delivery = { accepted: string[]; refused: Refusal[]; words: string }

const LONGEST_WORDS = 500

/** What a server answers is others' text: one line, without what a terminal obeys. */
const clean = (text: string) =>
  text
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')
    .trim()
    .slice(0, LONGEST_WORDS)

const refusal = z.looseObject({
  recipient: z.string().optional(),
  response: z.string().optional(),
  code: z.string().optional(),
})

const failure = refusal.extend({ rejectedErrors: z.array(refusal).optional() })

const success = z.looseObject({
  accepted: z.array(z.string()),
  rejectedErrors: z.array(refusal).optional(),
  response: z.string(),
})

/** The server's own words; without any, what the network said, and nothing of where the server is. */
const wordsOf = ({ response, code }: z.output<typeof refusal>) =>
  clean(response ?? `The mail server could not be reached (${code ?? 'unknown'}).`)

const refusalsOf = (errors: z.output<typeof refusal>[]): Refusal[] =>
  errors.map((error) => ({
    recipient: error.recipient ?? '',
    words: wordsOf(error),
    for_good: isRefusedForGood(error),
  }))

const address = ({ email, name }: { email: string; name: string | null }) => ({ address: email, name: name ?? '' })

/**
 * Hands a mail to the operator's server, once. Never throws for what the server or the network did: that is in the result.
 */
export async function deliver(message: Message): Promise<Delivery> {
  const transport = openTransport()
  const { recipients } = message
  try {
    const info = success.parse(
      await transport.sendMail({
        messageId: message.message_id,
        date: message.date,
        from: address(message.from),
        to: message.to.map(address),
        cc: message.cc.map(address),
        replyTo: message.reply_to.map(address),
        subject: message.subject,
        ...(message.html !== null && { html: message.html }),
        ...(message.text !== null && { text: message.text }),
        headers: message.headers,
        attachments: message.attachments.map(({ filename, content_type, content }) => ({
          filename,
          contentType: content_type,
          content: Buffer.from(content),
        })),
        envelope: { from: message.from.email, to: recipients },
        // What callers write is text, never the name of something to fetch.
        disableFileAccess: true,
        disableUrlAccess: true,
      }),
    )
    return { accepted: info.accepted, refused: refusalsOf(info.rejectedErrors ?? []), words: clean(info.response) }
  } catch (error) {
    const told = failure.parse(error)
    const words = wordsOf(told)
    const each = told.rejectedErrors ?? []
    const refused =
      each.length > 0
        ? refusalsOf(each)
        : recipients.map((recipient) => ({ recipient, words, for_good: isRefusedForGood(told) }))
    return { accepted: [], refused, words }
  } finally {
    transport.close()
  }
}
