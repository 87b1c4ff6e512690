import { log } from '@/lib/base/node/log'
import { type Mail, sendMail } from '@/lib/kernel/mail/send'

const running = new Set<Promise<void>>()

/**
 * Writes and sends a mail behind the reply: how long it takes tells nobody whether there was one to send.
 * @param write null: there is none
 */
export function sendBehind(write: () => Promise<Mail | null>): void {
  const sending = writeAndSend(write).finally(() => running.delete(sending))
  running.add(sending)
}

async function writeAndSend(write: () => Promise<Mail | null>) {
  try {
    const mail = await write()
    if (mail) await sendMail(mail)
  } catch (error) {
    // The whole error may hold the mail.
    log.error({ code: Object(error).code, reply: Object(error).responseCode }, 'A mail could not be sent.')
  }
}

/** Until everything that was begun is sent, or has failed. */
export async function flushMails(): Promise<void> {
  await Promise.all(running)
}
