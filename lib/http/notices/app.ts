import { type Context, Hono } from 'hono'
import { DomainError, notFound } from '@/lib/base/errors'
import { runtime } from '@/lib/base/node/runtime'
import { asOperation, type OpenEnvironment, onlyOverHttps, opening } from '@/lib/http/opening'
import { problemResponse, toDomainError } from '@/lib/http/problems'
import { MAX_AGENT } from '@/lib/http/request-id'
import { validateQuery } from '@/lib/http/validate'
import { prisma } from '@/lib/kernel/db/client'
import { endMailsInput } from '@/lib/people/notices/contract'
import { endMails } from '@/lib/people/notices/mail/end'

const PATH = '/api/notices/off'

const app = new Hono<OpenEnvironment>()

app.use(
  opening({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' }),
  onlyOverHttps('End mails'),
)

const tokenOf = (c: Context<OpenEnvironment>) => validateQuery(endMailsInput, new URL(c.req.url).searchParams)

// What it is told in the body, `List-Unsubscribe=One-Click`, is all that it can be: nothing reads it.
app.post(PATH, asOperation(`POST ${PATH}`), async (c) => {
  const user_agent = c.req.header('User-Agent')?.slice(0, MAX_AGENT) ?? null
  const origin = { request_id: c.var.request_id, address: c.env.peer.address, user_agent }
  await endMails({ db: prisma(), origin }, tokenOf(c))
  return c.text('These mails end.\n')
})

// A reader of mails that opens it, or a scanner that looks, changes nothing: the page asks.
app.get(PATH, asOperation(`GET ${PATH}`), (c) =>
  c.redirect(`${runtime().appUrl}/notices/off#${encodeURIComponent(tokenOf(c).token)}`, 303),
)

app.all(PATH, () => {
  throw new DomainError('method_not_allowed', 'This path has GET, POST.', { allow: ['GET', 'HEAD', 'POST'] })
})

app.notFound(() => {
  throw notFound('path')
})
app.onError((error, c) => problemResponse(toDomainError(error, c.var.request_id), c.var.request_id, c.res.headers))

/**
 * `POST /api/notices/off?token=`: where a mail program ends mails of ours by one click (RFC 8058). It has no session and
 * comes from anywhere; the token, which stands in each mail, is the permission.
 */
export const noticeMails = app
