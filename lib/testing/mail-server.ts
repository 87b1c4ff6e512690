import { createServer } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** A real SMTP server on a free port, which keeps what it is sent. */
export type MailServer = { url: string; mails: { to: string; text: string }[]; stop: () => Promise<void> }

/** Long lines come folded, and `=` written out. */
const unfold = (text: string) =>
  text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

/** A refusal by the server, as SMTP says one. */
type Said = { code: number; words: string } | null

type Behaviour = {
  /** Recipients whom it takes no mail for. */
  refuses?: string[]
  /** What it says to a recipient; null: it takes the mail. */
  toRecipient?: (address: string) => Said
  /** What it says once it has a mail whole. */
  toMail?: () => Said
  /** What it says to whoever signs in; null: they are in. */
  toSignIn?: () => Said
  /** Milliseconds that it thinks about a mail before it answers. */
  delay?: () => number
}

const refusal = (said: Said) => said && Object.assign(new Error(said.words), { responseCode: said.code })

export async function startMailServer({
  refuses = [],
  toRecipient = (address) => (refuses.includes(address) ? { code: 550, words: 'No such mailbox.' } : null),
  toMail = () => null,
  toSignIn = () => null,
  delay = () => 0,
}: Behaviour = {}): Promise<MailServer> {
  const mails: MailServer['mails'] = []
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    onAuth: ({ username }, _, done) => done(refusal(toSignIn()), { user: username }),
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _, done) => done(refusal(toRecipient(address))),
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const refused = refusal(toMail())
        if (refused) return done(refused)
        const text = unfold(Buffer.concat(chunks).toString())
        mails.push(...session.envelope.rcptTo.map(({ address }) => ({ to: address, text })))
        if (delay() === 0) done()
        else setTimeout(done, delay())
      })
    },
  })
  // Whoever sends may be killed in the course of it.
  server.on('error', () => {})
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.server.address()
  if (typeof address !== 'object' || !address) throw new Error('The mail server does not listen.')
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    mails,
    stop: () => new Promise((done) => server.close(() => done())),
  }
}

/** A mail server that closes each connection in the middle of the mail, as one that is restarted. */
export async function startCuttingMailServer(): Promise<{ url: string; cut: () => number; stop: () => Promise<void> }> {
  let cut = 0
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.write('220 cutting\r\n')
    let inMail = false
    socket.on('data', (chunk) => {
      if (inMail) {
        cut += 1
        return socket.destroy()
      }
      for (const line of chunk.toString().trim().split('\r\n')) {
        inMail ||= line === 'DATA'
        socket.write(line === 'DATA' ? '354 go on\r\n' : '250 ok\r\n')
      }
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('The mail server does not listen.')
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    cut: () => cut,
    stop: () => new Promise((done) => server.close(() => done())),
  }
}
