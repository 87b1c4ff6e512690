import { SMTPServer } from 'smtp-server'

/** A real SMTP server on a free port, which keeps what it is sent. */
export type MailServer = { url: string; mails: { to: string; text: string }[]; stop: () => Promise<void> }

/** Long lines come folded, and `=` written out. */
const unfold = (text: string) =>
  text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

/** @param refuses the recipients whom it takes no mail for */
export async function startMailServer({ refuses = [] }: { refuses?: string[] } = {}): Promise<MailServer> {
  const mails: MailServer['mails'] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _, done) => done(refuses.includes(address) ? new Error('No such mailbox.') : undefined),
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const text = unfold(Buffer.concat(chunks).toString())
        mails.push(...session.envelope.rcptTo.map(({ address }) => ({ to: address, text })))
        done()
      })
    },
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.server.address()
  if (typeof address !== 'object' || !address) throw new Error('The mail server does not listen.')
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    mails,
    stop: () => new Promise((done) => server.close(() => done())),
  }
}
