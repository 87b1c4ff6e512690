import { Hono } from 'hono'
import { html } from 'hono/html'
import { DomainError } from '@/lib/base/errors'
import { readBytes } from '@/lib/http/body/read-body'
import { asOperation, type OpenEnvironment, opening } from '@/lib/http/opening'
import { toDomainError } from '@/lib/http/problems'
import { PAGE_HEADERS, publicPage, refusalPage } from '@/lib/http/public-page'
import { prisma } from '@/lib/kernel/db/client'
import { openUnsubscribeToken } from '@/lib/kernel/unsubscribes/link'
import { findReader, type Reader } from '@/lib/kernel/unsubscribes/reader'
import { unsubscribe } from '@/lib/kernel/unsubscribes/unsubscribe'

const PATH = '/u/:token'
const NAME = '/u/{token}'

/** In bytes: what a mail program sends says one thing (RFC 8058, 3.2). */
const BODY_LIMIT = 4_096

const ONE_CLICK = 'One-Click'

const app = new Hono<OpenEnvironment>()

app.use(opening(PAGE_HEADERS))

/** Enough to know it by, also for who was forwarded the mail: `a•••@example.com`. */
const masked = (email: string) => email.replace(/^(.).*@/, '$1•••@')

const readerOf = async (token: string): Promise<Reader | null> => {
  const email_id = openUnsubscribeToken(token)
  return email_id === null ? null : findReader(prisma(), email_id)
}

const asks = ({ organization, email }: Reader) =>
  publicPage({
    title: `Unsubscribe from ${organization}?`,
    body: html`<p>${masked(email)} will get no more news from ${organization}.</p>
      <form method="post"><button name="by" value="page">Unsubscribe</button></form>`,
  })

const done = ({ organization, email }: Reader) =>
  publicPage({
    title: 'You are unsubscribed',
    body: html`<p>${masked(email)} gets no more news from ${organization}. Mails about things that you asked for or bought still reach you.</p>`,
  })

const unknown = () =>
  publicPage({
    title: 'This link leads nowhere',
    body: html`<p>It is not whole, or its mail is gone. Copy it once more from the mail, or reply to the sender.</p>`,
  })

// Programs that look through mails open every link: nothing changes by that.
app.get(PATH, asOperation(`GET ${NAME}`), async (c) => {
  const reader = await readerOf(c.req.param('token'))
  if (!reader) return c.html(unknown(), 404)
  return c.html(reader.unsubscribed ? done(reader) : asks(reader))
})

// The page's button, and the one of mail programs, which ask by themselves and show no answer (RFC 8058).
app.post(PATH, asOperation(`POST ${NAME}`), async (c) => {
  const reader = await readerOf(c.req.param('token'))
  if (!reader) return c.html(unknown(), 404)
  const sent = await readBytes(c.req.raw, BODY_LIMIT)
  await unsubscribe(prisma(), reader, Buffer.from(sent).includes(ONE_CLICK) ? 'one_click' : 'page')
  return c.html(done(reader))
})

app.all(PATH, () => {
  throw new DomainError('method_not_allowed', 'This page has GET and POST.', { allow: ['GET', 'HEAD', 'POST'] })
})

app.notFound((c) => c.html(unknown(), 404))

app.onError((error, c) =>
  refusalPage(toDomainError(error, c.var.request_id, 'unsubscribing'), c.var.request_id, c.res.headers),
)

/** `/u/{token}`: where the mails of campaigns are unsubscribed from, by anybody who has the link. */
export const unsubscribing = app
