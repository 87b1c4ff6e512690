import { createTransport } from 'nodemailer'
import { DomainError } from '@/lib/base/errors'
import { env } from '@/lib/base/node/env'

export type Mail = {
  to: string
  subject: string
  text: string
  /** The same for who reads HTML. */
  html?: string
  headers?: Record<string, string>
  /** The same for each attempt of one mail, so that its receiver can tell a second one. */
  message_id?: string
}

/** A server that does not answer must not hold a stop of the process. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 }

/** Whether the operator has set a server to send mail by. */
export const sendsMail = (): boolean => env.SMTP_URL !== undefined

/** @throws DomainError email_not_configured where none is set */
export function requireMailServer(): void {
  if (!sendsMail()) throw new DomainError('email_not_configured', 'This server sends no mail. Ask whoever runs it.')
}

/** A connection to the operator's server, for one mail; close it after. */
export const openTransport = () => createTransport({ url: env.SMTP_URL, ...TIMEOUTS })

/**
 * Sends one mail. Never within a transaction: it waits for another's server, and cannot be taken back.
 * @throws Error when it was not taken
 */
export async function sendMail({ message_id, ...mail }: Mail): Promise<void> {
  const transport = openTransport()
  try {
    await transport.sendMail({ from: env.MAIL_FROM, messageId: message_id, ...mail })
  } finally {
    transport.close()
  }
}
