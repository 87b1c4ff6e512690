import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { Named, Route } from '@/lib/http/dashboard/route'
import { ROUTES } from '@/lib/http/dashboard/routes'
import type { ActingOrganization } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { NO_POLICY } from '@/lib/keys/policy/contract'
import { invite } from '@/lib/people/members/invitations/invite'
import { createTeam } from '@/lib/people/teams/create'
import { type Call, callDashboard } from '@/lib/testing/call'
import { makeKey, makeMember, operator, unusedId } from '@/lib/testing/fixtures'
import { makeWebhook } from '@/lib/testing/webhooks'
import { sendTest } from '@/lib/work/webhooks/deliveries/send-test'

/** Every route of the dashboard with a call that is right in all but who makes it: a new route is tried as it is. */

/** A route, such as `GET /orgs/:org/keys`. */
export type NamedRoute = { title: string; route: Route }

export type DeclaredRoute = (typeof ROUTES)[number]['route']

export type Title<R extends Route> = `${Uppercase<R['method']>} ${R['path']}`

export const DASHBOARD_ROUTES: NamedRoute[] = ROUTES.map(({ route }) => ({
  title: `${route.method.toUpperCase()} ${route.path}`,
  route,
}))

/** Each with its title first, for `%s` in the name of a test. */
export const byTitle = (routes: NamedRoute[]) => routes.map((one) => [one.title, one] as const)

type Taking = Extract<DeclaredRoute, { body: z.ZodType }>

const email = () => `${randomUUID()}@routes.test`
const password = 'correct horse battery'
const reason = 'A test.'

/** Somebody to whom the platform can be given: a test that wants it done makes an account of this address. */
export const TO_BE_GRANTED = 'nobody@routes.test'

/** A body for each route that takes one; the types ask for those of a new route. */
const BODIES: { [R in Taking as Title<R>]: () => z.input<R['body']> } = {
  'POST /setup': () => ({ token: 'x', name: 'X', email: email(), password }),
  'POST /password-resets': () => ({ email: email() }),
  'POST /password-resets/redeem': () => ({ token: 'none', password }),
  'PATCH /account': () => ({ name: 'Ada King' }),
  'POST /account/password': () => ({ current_password: null, new_password: password }),
  'POST /account/proof': () => ({ password }),
  'POST /account/notices/read': () => ({}),
  'PUT /account/notices/choices': () => ({ kind: 'key_created', way: 'daily' }),
  'POST /notice-mails/look': () => ({ token: 'x' }),
  'POST /notice-mails/off': () => ({ token: 'x' }),
  'POST /orgs/:org/keys': () => ({ name: 'New', environment: 'live', scopes: ['contacts:read'] }),
  'POST /orgs/:org/keys/playground': () => ({ resource: 'contacts' }),
  'POST /orgs/:org/keys/revoke': () => ({ ids: [unusedId()] }),
  'PATCH /orgs/:org/keys/:id': () => ({ name: 'Changed' }),
  'POST /orgs/:org/keys/:id/revoke': () => ({}),
  'POST /orgs/:org/keys/:id/rotate': () => ({ grace_hours: 0 }),
  'POST /orgs/:org/webhooks': () => ({ url: 'https://example.com/hooks', events: ['*'], environment: 'live' }),
  'PATCH /orgs/:org/webhooks/:id': () => ({ description: 'Changed' }),
  'POST /orgs/:org/webhooks/:id/rotate-secret': () => ({ overlap_hours: 0 }),
  'POST /orgs/:org/webhooks/:id/replay': () => ({ after: '2026-01-01T00:00:00Z' }),
  'PUT /orgs/:org/policy': () => NO_POLICY,
  'PATCH /orgs/:org/members/:id': () => ({ role: 'read_only_admin' }),
  'POST /orgs/:org/members/:id/remove': () => ({}),
  'POST /orgs/:org/teams': () => ({ name: 'Night' }),
  'PATCH /orgs/:org/teams/:id': () => ({ name: 'Night' }),
  'POST /orgs/:org/invitations': () => ({ email: email(), role: 'admin', developer: true }),
  'POST /orgs/:org/invitations/:id/resend': () => ({}),
  'POST /invitations/look': () => ({ token: 'x' }),
  'POST /invitations/accept': () => ({ token: 'x' }),
  'POST /platform/organizations': () => ({
    slug: `r-${randomUUID()}`,
    name: 'R',
    plan: 'free',
    developer_api: true,
    admin_email: email(),
  }),
  'PATCH /platform/organizations/:slug': () => ({ plan: 'free', developer_api: false, reason }),
  'POST /platform/organizations/:slug/decline': () => ({ reason }),
  'POST /platform/organizations/:slug/first-admin': () => ({ email: email() }),
  'POST /platform/admins': () => ({ email: TO_BE_GRANTED, accept_unproven_email: true }),
}

const bodies = new Map<string, () => object>(Object.entries(BODIES))

/** What a route that takes a body is sent. */
export const bodyOf = ({ title }: NamedRoute): object | undefined => bodies.get(title)?.()

/** What a call is about: an organisation, by its slug, and a row for each thing that `:id` can name. */
export type Targets = { org: string; ids: Record<Named | 'delivery', string> }

/**
 * Rows of an organisation for a call to be about; sessions and platform admins are nobody's organisation's.
 * @param only what the call is about, where that is one thing: of all others there is none then
 */
export async function makeTargets(organization: ActingOrganization, only?: Named | 'nothing'): Promise<Targets> {
  const { slug: org } = organization
  const row = async (named: Named, make: () => Promise<{ id: string }>) =>
    only === undefined || only === named ? (await make()).id : unusedId()
  const webhook = await row('webhook', () =>
    makeWebhook(organization, { url: 'https://example.com/hooks', events: ['contact.created'] }),
  )
  return {
    org,
    ids: {
      'API key': await row('API key', () => makeKey(organization, { scopes: ['contacts:read'] })),
      webhook,
      delivery: await row('webhook', () => sendTest(operator(organization), { id: webhook })),
      user: await row('user', async () => (await makeMember(organization, 'member')).user),
      team: await row('team', () => createTeam(operator(organization), { name: 'Day' })),
      invitation: await row('invitation', () =>
        invite(operator(organization), { email: email(), role: 'member', developer: false }),
      ),
      session: unusedId(),
      'platform admin': unusedId(),
      job: await row('job', () =>
        prisma().job.create({
          data: { kind: 'tests.failed', data: {}, failed_at: new Date(), error: 'A test.' },
        }),
      ),
    },
  }
}

/** The path of a call, below `/api/dashboard`. */
export const pathOfRoute = ({ path, names }: Route, { org, ids }: Targets) =>
  path.replace(/:(\w+)/g, (_, name) => (name === 'delivery' ? ids.delivery : name === 'id' && names ? ids[names] : org))

/** Calls a route; `more` is laid over its own call. */
export function callRoute(
  cookie: string | null,
  named: NamedRoute,
  targets: Targets,
  more: Call = {},
): Promise<Response> {
  const { route } = named
  const body = bodyOf(named)
  const call = { method: route.method.toUpperCase(), ...(body && { body }), ...more }
  return callDashboard(cookie, pathOfRoute(route, targets), call)
}
