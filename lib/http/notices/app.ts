import { type Context, Hono } from 'hono'
import { DomainError, notFound } from '@/lib/base/errors'
import { runtime } from '@/lib/base/node/runtime'
import type { CallNote } from '@/lib/http/calls'
import { inTime } from '@/lib/http/deadline'
import type { Peer } from '@/lib/http/peer'
import { problemResponse, toDomainError } from '@/lib/http/problems'
import { MAX_AGENT, requestId } from '@/lib/http/request-id'
import { validateQuery } from '@/lib/http/validate'
import { prisma } from '@/lib/kernel/db/client'
import { endMailsInput } from '@/lib/people/notices/contract'
import { endMails } from '@/lib/people/notices/mail/end'

type NoticesEnvironment = {
  Bindings: { peer: Peer; call?: CallNote }
  Variables: { request_id: string }
}

const PATH = '/api/notices/off'

const app = new Hono<NoticesEnvironment>()

app.use(async (c, next) => {
  const request_id = requestId(c.req.header('X-Request-Id'))
  c.set('request_id', request_id)
  if (c.env.call) c.env.call.request_id = request_id
  c.header('X-Request-Id', request_id)
  c.header('Cache-Control', 'no-store')
  c.header('X-Content-Type-Options', 'nosniff')
  c.header('Referrer-Policy', 'no-referrer')
  await inTime(() => next())
})

app.use(async ({ env: { peer } }, next) => {
  if (runtime().requireHttps && !peer.https) throw new DomainError('https_required', 'End mails over HTTPS.')
  await next()
})

const tokenOf = (c: Context<NoticesEnvironment>) => validateQuery(endMailsInput, new URL(c.req.url).searchParams)

// What it is told in the body, `List-Unsubscribe=One-Click`, is all that it can be: nothing reads it.
app.post(PATH, async (c) => {
  if (c.env.call) c.env.call.operation = `POST ${PATH}`
  const user_agent = c.req.header('User-Agent')?.slice(0, MAX_AGENT) ?? null
  const origin = { request_id: c.var.request_id, address: c.env.peer.address, user_agent }
  await endMails({ db: prisma(), origin }, tokenOf(c))
  return c.text('These mails end.\n')
})

// A reader of mails that opens it, or a scanner that looks, changes nothing: the page asks.
app.get(PATH, (c) => {
  if (c.env.call) c.env.call.operation = `GET ${PATH}`
  return c.redirect(`${runtime().appUrl}/notices/off#${encodeURIComponent(tokenOf(c).token)}`, 303)
})

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
