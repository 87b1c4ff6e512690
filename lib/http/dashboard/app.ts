import { Hono } from 'hono'
import { notFound } from '@/lib/base/errors'
import { answer } from '@/lib/http/dashboard/answer'
import type { DashboardEnvironment } from '@/lib/http/dashboard/environment'
import {
  beforeTheFirstRun,
  inOrganization,
  onPlatform,
  overHttps,
  sameOrigin,
  signedIn,
} from '@/lib/http/dashboard/guard'
import type { Routed } from '@/lib/http/dashboard/route'
import { ROUTES } from '@/lib/http/dashboard/routes'
import type { TypedApp } from '@/lib/http/dashboard/typed-client'
import { inTime } from '@/lib/http/deadline'
import { problemResponse, toDomainError } from '@/lib/http/problems'
import { MAX_AGENT, requestId } from '@/lib/http/request-id'
// Fills the catalogue, which says what scopes there are.
import '@/lib/resources/register'

const app = new Hono<DashboardEnvironment>().basePath('/api/dashboard')

app.use(async (c, next) => {
  const request_id = requestId(c.req.header('X-Request-Id'))
  c.set('request_id', request_id)
  if (c.env.call) c.env.call.request_id = request_id
  c.set('origin', {
    request_id,
    address: c.env.peer.address,
    user_agent: c.req.header('User-Agent')?.slice(0, MAX_AGENT) ?? null,
  })
  c.header('X-Request-Id', request_id)
  c.header('Cache-Control', 'no-store')
  c.header('X-Content-Type-Options', 'nosniff')
  await inTime((deadline) => {
    c.set('deadline', deadline)
    return next()
  })
})

const isOpen = ({ route }: Routed) => route.role === 'anybody'
const mount = (one: Routed) => app.on(one.route.method.toUpperCase(), one.route.path, answer(one))

app.use(sameOrigin)
app.use(overHttps)
app.use('/setup/*', beforeTheFirstRun)
for (const one of ROUTES.filter(isOpen)) mount(one)
// Whatever is asked for from here on, a path that does not exist too, needs a session.
app.use(signedIn)
app.use('/orgs/:org/*', inOrganization)
app.use('/platform/*', onPlatform)
for (const one of ROUTES.filter((one) => !isOpen(one))) mount(one)

app.notFound(() => {
  throw notFound('path')
})
app.onError((error, c) =>
  problemResponse(toDomainError(error, c.var.request_id, c.var.operation), c.var.request_id, c.res.headers),
)

/** The dashboard's API: a session cookie opens it, never a key. */
export const dashboard = app

/** What the typed client is made from. */
export type DashboardApp = TypedApp<typeof ROUTES>
