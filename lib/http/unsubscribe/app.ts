import { Hono } from 'hono'
import { html } from 'hono/html'
import { readBytes } from '@/lib/http/body/read-body'
import { named, type OpenEnvironment, opening } from '@/lib/http/opening'
import { PROBLEM_KINDS, toDomainError } from '@/lib/http/problems'
import { publicPage } from '@/lib/http/public-page'
import { prisma } from '@/lib/kernel/db/client'
import { openUnsubscribeToken } from '@/lib/kernel/unsubscribes/link'
import { findReader, type Reader } from '@/lib/kernel/unsubscribes/reader'
import { unsubscribe } from '@/lib/kernel/unsubscribes/unsubscribe'

const app = new Hono<OpenEnvironment>()

/** In bytes: what a mail program sends says one thing (RFC 8058, 3.2). */
const BODY_LIMIT = 4_096

const ONE_CLICK = 'One-Click'

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
    status: 404,
  })

app.use(opening({}), async (c, next) => {
  await next()
  // A page is a reply of its own, which has only its own headers.
  c.header('X-Request-Id', c.var.request_id)
})

// Programs that look through mails open every link: nothing changes by that.
app.get('/u/:token', named('GET /u/{token}'), async (c) => {
  const reader = await readerOf(c.req.param('token'))
  if (!reader) return unknown()
  return reader.unsubscribed ? done(reader) : asks(reader)
})

// The page's button, and the one of mail programs, which ask by themselves and show no answer (RFC 8058).
app.post('/u/:token', named('POST /u/{token}'), async (c) => {
  const reader = await readerOf(c.req.param('token'))
  if (!reader) return unknown()
  const sent = await readBytes(c.req.raw, BODY_LIMIT)
  await unsubscribe(prisma(), reader, Buffer.from(sent).includes(ONE_CLICK) ? 'one_click' : 'page')
  return done(reader)
})

app.all('/u/:token', () =>
  publicPage({
    title: 'This page is to be opened',
    body: html`<p>It answers GET and POST.</p>`,
    status: 405,
    headers: { Allow: 'GET, HEAD, POST' },
  }),
)

app.notFound(unknown)

app.onError((error, c) => {
  const { code, detail, facts } = toDomainError(error, c.var.request_id, 'unsubscribing')
  return publicPage({
    title: 'That did not work',
    body: html`<p>${detail}</p>`,
    status: PROBLEM_KINDS[code].status,
    headers: facts.retry_after === undefined ? {} : { 'Retry-After': String(facts.retry_after) },
  })
})

/** `/u/{token}`: where the mails of campaigns are unsubscribed from, by anybody who has the link. */
export const unsubscribing = app
