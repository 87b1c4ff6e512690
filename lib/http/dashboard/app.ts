import { Hono } from 'hono'
import { notFound } from '@/lib/base/errors'
import { accountRoutes } from '@/lib/http/dashboard/account'
import type { DashboardEnvironment } from '@/lib/http/dashboard/environment'
import { inOrganization, onPlatform, overHttps, sameOrigin, signedIn } from '@/lib/http/dashboard/guard'
import { invitationRoutes, organizationInvitationRoutes } from '@/lib/http/dashboard/invitations'
import { keyRoutes } from '@/lib/http/dashboard/keys'
import { memberRoutes } from '@/lib/http/dashboard/members'
import { accessRequestRoutes, organizationRoutes } from '@/lib/http/dashboard/organization'
import { passwordResetRoutes } from '@/lib/http/dashboard/password-resets'
import { platformRoutes } from '@/lib/http/dashboard/platform'
import { policyRoutes } from '@/lib/http/dashboard/policy'
import { setupRoutes } from '@/lib/http/dashboard/setup'
import { inTime } from '@/lib/http/deadline'
import { problemResponse, toDomainError } from '@/lib/http/problems'
import { MAX_AGENT, requestId } from '@/lib/http/request-id'
import { prisma } from '@/lib/kernel/db/client'
import { listMemberships } from '@/lib/people/members/list-memberships'
// Fills the catalogue, which says what scopes there are.
import '@/lib/resources/register'

const routes = new Hono<DashboardEnvironment>()
  .basePath('/api/dashboard')
  .use(async (c, next) => {
    const request_id = requestId(c.req.header('X-Request-Id'))
    c.set('request_id', request_id)
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
  .use(sameOrigin)
  .use(overHttps)
  // What stands before the next line needs no session.
  .route('/password-resets', passwordResetRoutes)
  .route('/invitations', invitationRoutes)
  .route('/setup', setupRoutes)
  .use(signedIn)
  .use('/orgs/:org/*', inOrganization)
  .use('/platform/*', onPlatform)
  .get('/session', async (c) =>
    c.json({ user: c.var.user, organizations: await listMemberships(prisma(), c.var.user.id) }),
  )
  .route('/account', accountRoutes)
  .route('/orgs/:org', organizationRoutes)
  .route('/orgs/:org/keys', keyRoutes)
  .route('/orgs/:org/policy', policyRoutes)
  .route('/orgs/:org/members', memberRoutes)
  .route('/orgs/:org/invitations', organizationInvitationRoutes)
  .route('/orgs/:org/access-request', accessRequestRoutes)
  .route('/platform', platformRoutes)

routes.notFound(() => {
  throw notFound('path')
})
routes.onError((error, c) => problemResponse(toDomainError(error, c.var.request_id), c.var.request_id, c.res.headers))

/** The dashboard's API: a session cookie opens it, never a key. */
export const dashboard = routes

/** What the typed client is made from. */
export type DashboardApp = typeof routes
