import type { Context as HonoContext } from 'hono'
import { createMiddleware } from 'hono/factory'
import { DomainError } from '@/lib/base/errors'
import { runtime } from '@/lib/base/node/runtime'
import type {
  AnyEnvironment,
  DashboardEnvironment,
  OrganizationEnvironment,
  PlatformEnvironment,
} from '@/lib/http/dashboard/environment'
import { readSessionId } from '@/lib/http/session-cookie'
import { prisma } from '@/lib/kernel/db/client'
import { inFairShare } from '@/lib/kernel/db/fair-share'
import { memberContext } from '@/lib/people/members/context'
import { platformAdminContext } from '@/lib/people/platform/admin-context'
import { requireSetupOpen } from '@/lib/people/platform/set-up'
import { findSession, type OpenSession } from '@/lib/people/sign-in/sessions'

/**
 * Refuses what another site could make a browser send: a change needs our own `Origin`. With the JSON content type that
 * every body must have, a plain form cannot even be tried.
 * @throws DomainError cross_site_request
 */
export const sameOrigin = createMiddleware<DashboardEnvironment>(async (c, next) => {
  const reads = c.req.method === 'GET' || c.req.method === 'HEAD'
  if (!reads && c.req.header('Origin') !== runtime().appUrl) {
    throw new DomainError('cross_site_request', `Changes are accepted from ${runtime().appUrl} only.`)
  }
  await next()
})

/** @throws DomainError https_required */
export const overHttps = createMiddleware<DashboardEnvironment>(async (c, next) => {
  if (runtime().requireHttps && !c.env.peer.https) {
    throw new DomainError('https_required', 'Open the dashboard over HTTPS.')
  }
  await next()
})

/** Once somebody runs the platform, there is no such path. @throws DomainError not_found */
export const beforeTheFirstRun = createMiddleware(async (_, next) => {
  await requireSetupOpen(prisma())
  await next()
})

/** The open session that a request's cookie names. */
export async function sessionOf(request: Request): Promise<OpenSession | null> {
  const id = await readSessionId(request.headers.get('Cookie'))
  return id === null ? null : findSession(prisma(), id)
}

const signedOut = () => new DomainError('signed_out', 'Your session has ended. Sign in again.')

/** @throws DomainError signed_out */
export const signedIn = createMiddleware<DashboardEnvironment>(async (c, next) => {
  const session = await sessionOf(c.req.raw)
  if (!session) throw signedOut()
  c.set('user', session.user)
  c.set('session', session)
  // A person's calls, like those of a key, leave connections to the others.
  await inFairShare(session.user.id, next)
})

/** Role, permission and flag are read from the database at every request. @throws DomainError not_found */
export const inOrganization = createMiddleware<OrganizationEnvironment, '/:org/*'>(async (c, next) => {
  const user = { ...c.var.user, proved: c.var.session.proved }
  const member = await memberContext(prisma(), user, c.req.param('org'), c.var.origin)
  c.set('member', member)
  if (c.env.call) c.env.call.organization_id = member.organization.id
  await next()
})

/**
 * Asks once more who is there and what they may do. A body can be held back for as long as a request may last: what was
 * true when it began need not be when it is whole.
 * @throws DomainError signed_out, not_found
 */
export async function askAgain(c: HonoContext<AnyEnvironment>): Promise<void> {
  const { user, member, platform, origin } = c.var
  if (!user) return
  const session = await sessionOf(c.req.raw)
  if (!session) throw signedOut()
  c.set('user', session.user)
  c.set('session', session)
  const acting = { ...session.user, proved: session.proved }
  if (member) c.set('member', await memberContext(prisma(), acting, member.organization.slug, origin))
  if (platform) c.set('platform', platformAdminContext(prisma(), acting, origin))
}

/** Whoever does not run the platform finds nothing there. @throws DomainError not_found */
export const onPlatform = createMiddleware<PlatformEnvironment>(async (c, next) => {
  const user = { ...c.var.user, proved: c.var.session.proved }
  c.set('platform', platformAdminContext(prisma(), user, c.var.origin))
  await next()
})
