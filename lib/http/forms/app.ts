import { type Context, Hono } from 'hono'
import { DomainError, notFound, validationFailed } from '@/lib/base/errors'
import { runtime } from '@/lib/base/node/runtime'
import { CLOSED, closedPage, formPage, THANKS, TRAP, thanksPage } from '@/lib/http/forms/page'
import { readSent } from '@/lib/http/forms/read-sent'
import { AddressLimit, inDatabase } from '@/lib/http/limit-address'
import { asOperation, type OpenEnvironment, onlyOverHttps, opening } from '@/lib/http/opening'
import { problemResponse, toDomainError } from '@/lib/http/problems'
import { PAGE_HEADERS, refusalPage } from '@/lib/http/public-page'
import { pagePolicy } from '@/lib/http/public-style'
import { inFairShare } from '@/lib/kernel/db/fair-share'
import { readAnswers } from '@/lib/resources/forms/answers'
import { findPublicForm, type PublicForm, submitPublicly } from '@/lib/resources/forms/public'

type FormsContext = Context<OpenEnvironment>

const PATH = '/f/:public_id'
const THANKS_PATH = '/f/:public_id/thanks'
const NAME = '/f/{public_id}'

/** People behind one address, as those of an office, share it. */
const limit = new AddressLimit(inDatabase('form', 20), 'answers')

const app = new Hono<OpenEnvironment>()

app.use(opening(PAGE_HEADERS), onlyOverHttps('Open forms'))

/** All that is asked without a key takes at most the half of the database's connections. */
const shared = <Result>(work: () => Promise<Result>) => inFairShare('public forms', work)

const find = (c: FormsContext) => shared(() => findPublicForm(c.req.param('public_id') ?? ''))

const isClosed = ({ status }: PublicForm) => status !== 'enabled'

app.get(PATH, asOperation(`GET ${NAME}`), async (c) => {
  const form = await find(c)
  if (isClosed(form)) return c.html(closedPage(form), 404)
  c.header('Content-Security-Policy', pagePolicy(form.redirect_url))
  return c.html(formPage(form))
})

app.get(THANKS_PATH, asOperation(`GET ${NAME}/thanks`), async (c) => c.html(thanksPage(await find(c))))

app.post(PATH, asOperation(`POST ${NAME}`), async (c) => {
  const form = await find(c)
  // Before anything is refused, so that a page of another site can read that.
  admitOrigin(c, form)
  await shared(() => limit.count(c.env.peer.address))
  if (isClosed(form)) throw new DomainError('not_found', CLOSED)
  const { [TRAP]: trap, ...sent } = await c.var.deadline.whileSending(readSent(c.req.raw, form.fields))
  // Whoever fell into it is told what everybody is told.
  if (typeof trap === 'string' && trap !== '') return thank(c, form)
  const read = readAnswers(form.fields, sent)
  if ('errors' in read) {
    if (!wantsPage(c)) throw validationFailed(read.errors)
    c.header('Content-Security-Policy', pagePolicy(form.redirect_url))
    return c.html(formPage(form, { sent, errors: read.errors }), 422)
  }
  await shared(() => submitPublicly(form, read.answers))
  return thank(c, form)
})

app.options(PATH, asOperation(`OPTIONS ${NAME}`), async (c) => {
  const origin = c.req.header('Origin')
  c.header('Vary', 'Origin')
  const asks = origin !== undefined && c.req.header('Access-Control-Request-Method') === 'POST'
  if (asks && (await find(c)).origins.includes(origin)) {
    c.header('Access-Control-Allow-Origin', origin)
    c.header('Access-Control-Allow-Methods', 'POST')
    c.header('Access-Control-Allow-Headers', 'Content-Type')
    c.header('Access-Control-Max-Age', '600')
  }
  c.header('Allow', 'GET, HEAD, POST, OPTIONS')
  return c.body(null, 204)
})

app.all(PATH, () => {
  throw new DomainError('method_not_allowed', 'A form has GET and POST.', { allow: ['GET', 'HEAD', 'POST', 'OPTIONS'] })
})
app.all(THANKS_PATH, () => {
  throw new DomainError('method_not_allowed', 'This page has GET.', { allow: ['GET', 'HEAD'] })
})

app.notFound((c) => refuse(notFound('form'), c))
app.onError((error, c) => refuse(toDomainError(error, c.var.request_id), c))

/**
 * Lets the pages of the sites that the form names send answers, and read what came of it.
 * @throws DomainError cross_site_request for the page of another site
 */
function admitOrigin(c: FormsContext, { origins }: PublicForm) {
  const origin = c.req.header('Origin')
  c.header('Vary', 'Origin')
  if (origin === undefined || origin === new URL(runtime().appUrl).origin) return
  if (!origins.includes(origin)) {
    throw new DomainError('cross_site_request', 'This form takes no answers from pages of this site.')
  }
  c.header('Access-Control-Allow-Origin', origin)
  c.header('Access-Control-Expose-Headers', 'Retry-After, X-Request-Id')
}

const isJson = (header: string | undefined) => /^application\/json\b/i.test(header ?? '')

/** A browser that sends a form gets a page; whoever sends JSON, or asks for nothing but it, is answered in JSON. */
function wantsPage({ req }: Context): boolean {
  const accept = req.header('Accept') ?? ''
  return !isJson(req.header('Content-Type')) && (accept.includes('text/html') || !accept.includes('json'))
}

function thank(c: FormsContext, { public_id, thanks, redirect_url }: PublicForm): Response {
  if (wantsPage(c)) return c.redirect(redirect_url ?? `/f/${public_id}/thanks`, 303)
  return c.json({ message: thanks ?? THANKS, redirect_url }, 201)
}

const refuse = (error: DomainError, c: FormsContext) =>
  (wantsPage(c) ? refusalPage : problemResponse)(error, c.var.request_id, c.res.headers)

/** `/f/{public_id}`: forms for whoever has neither a key nor a session. */
export const publicForms = app
