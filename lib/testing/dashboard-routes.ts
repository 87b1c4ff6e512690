import { randomUUID } from 'node:crypto'
import { NO_POLICY } from '@/lib/keys/policy/contract'
import type { Call } from '@/lib/testing/call'
import { KEY_ROUTES } from '@/lib/testing/key-routes'

/** What a route of the dashboard asks of whoever calls it; the first three ask for no role. */
export type Needs =
  | 'nothing'
  | 'a session'
  | 'a membership'
  | 'see keys'
  | 'manage keys'
  | 'see people'
  | 'manage people'
  | 'ask for access'
  | 'see policy'
  | 'manage policy'
  | 'the platform'

/** The rows that a call is about. */
export type Targets = { slug: string; key: string; person: string; invitation: string; platformAdmin: string }

type DashboardRoute = {
  /** As Hono names it, below `/api/dashboard`. */
  route: string
  needs: Needs
  path: (targets: Targets) => string
  call?: () => Call
}

const below = (start: string, rest: string) => (rest === '/' ? start : `${start}${rest}`)
const post = (body?: unknown) => () => ({ method: 'POST', ...(body !== undefined && { body }) })
const email = () => `${randomUUID()}@routes.test`

const keyRoutes = KEY_ROUTES.map(({ route, path, call, manages }): DashboardRoute => {
  const [method, rest = ''] = route.split(' ')
  return {
    route: `${method} ${below('/orgs/:org/keys', rest)}`,
    needs: manages ? 'manage keys' : 'see keys',
    path: ({ slug, key }) => `/orgs/${slug}/keys${path.replace('{id}', key)}`,
    call: () => call,
  }
})

const organizationRoutes: DashboardRoute[] = [
  { route: 'GET /orgs/:org', needs: 'a membership', path: ({ slug }) => `/orgs/${slug}` },
  { route: 'GET /orgs/:org/policy', needs: 'see policy', path: ({ slug }) => `/orgs/${slug}/policy` },
  {
    route: 'PUT /orgs/:org/policy',
    needs: 'manage policy',
    path: ({ slug }) => `/orgs/${slug}/policy`,
    call: () => ({ method: 'PUT', body: NO_POLICY }),
  },
  {
    route: 'GET /orgs/:org/policy/breaches',
    needs: 'see keys',
    path: ({ slug }) => `/orgs/${slug}/policy/breaches`,
  },
  { route: 'GET /orgs/:org/members', needs: 'see people', path: ({ slug }) => `/orgs/${slug}/members` },
  {
    route: 'PATCH /orgs/:org/members/:id',
    needs: 'manage people',
    path: ({ slug, person }) => `/orgs/${slug}/members/${person}`,
    call: () => ({ method: 'PATCH', body: { role: 'read_only_admin' } }),
  },
  {
    route: 'POST /orgs/:org/members/:id/remove',
    needs: 'manage people',
    path: ({ slug, person }) => `/orgs/${slug}/members/${person}/remove`,
    call: post({}),
  },
  {
    route: 'GET /orgs/:org/members/:id/affected-keys',
    needs: 'manage people',
    path: ({ slug, person }) => `/orgs/${slug}/members/${person}/affected-keys?removed=true`,
  },
  { route: 'GET /orgs/:org/invitations', needs: 'see people', path: ({ slug }) => `/orgs/${slug}/invitations` },
  {
    route: 'POST /orgs/:org/invitations',
    needs: 'manage people',
    path: ({ slug }) => `/orgs/${slug}/invitations`,
    call: () => ({ method: 'POST', body: { email: email(), role: 'admin', developer: true } }),
  },
  {
    route: 'POST /orgs/:org/invitations/:id/resend',
    needs: 'manage people',
    path: ({ slug, invitation }) => `/orgs/${slug}/invitations/${invitation}/resend`,
    call: post({}),
  },
  {
    route: 'POST /orgs/:org/invitations/:id/withdraw',
    needs: 'manage people',
    path: ({ slug, invitation }) => `/orgs/${slug}/invitations/${invitation}/withdraw`,
    call: post(),
  },
  {
    route: 'GET /orgs/:org/access-request',
    needs: 'a membership',
    path: ({ slug }) => `/orgs/${slug}/access-request`,
  },
  {
    route: 'POST /orgs/:org/access-request',
    needs: 'ask for access',
    path: ({ slug }) => `/orgs/${slug}/access-request`,
    call: post(),
  },
]

const onPlatform = (route: string, path: DashboardRoute['path'], call?: DashboardRoute['call']): DashboardRoute => ({
  route,
  needs: 'the platform',
  path,
  call,
})
const organizationPath =
  (rest = '') =>
  ({ slug }: Targets) =>
    `/platform/organizations/${slug}${rest}`

const platformRoutes: DashboardRoute[] = [
  onPlatform('GET /platform/organizations', () => '/platform/organizations'),
  onPlatform(
    'POST /platform/organizations',
    () => '/platform/organizations',
    () => {
      const body = { slug: `r-${randomUUID()}`, name: 'R', plan: 'free', developer_api: true, admin_email: email() }
      return { method: 'POST', body }
    },
  ),
  onPlatform('GET /platform/organizations/:slug', organizationPath()),
  onPlatform('PATCH /platform/organizations/:slug', organizationPath(), () => ({
    method: 'PATCH',
    body: { plan: 'free', developer_api: false, reason: 'A test.' },
  })),
  onPlatform('POST /platform/organizations/:slug/decline', organizationPath('/decline'), post({ reason: 'A test.' })),
  onPlatform('POST /platform/organizations/:slug/first-admin', organizationPath('/first-admin'), () => ({
    method: 'POST',
    body: { email: email() },
  })),
  onPlatform('GET /platform/admins', () => '/platform/admins'),
  onPlatform(
    'POST /platform/admins',
    () => '/platform/admins',
    post({ email: 'nobody@routes.test', accept_unproven_email: true }),
  ),
  onPlatform(
    'DELETE /platform/admins/:id',
    ({ platformAdmin }) => `/platform/admins/${platformAdmin}`,
    () => ({ method: 'DELETE' }),
  ),
]

/** Every route of the dashboard's API, with a call that is right in all but who makes it. */
export const DASHBOARD_ROUTES: DashboardRoute[] = [
  { route: 'POST /invitations/look', needs: 'nothing', path: () => '/invitations/look', call: post({ token: 'x' }) },
  {
    route: 'POST /invitations/accept',
    needs: 'nothing',
    path: () => '/invitations/accept',
    call: post({ token: 'x' }),
  },
  { route: 'GET /setup', needs: 'nothing', path: () => '/setup' },
  {
    route: 'POST /password-resets',
    needs: 'nothing',
    path: () => '/password-resets',
    call: () => post({ email: email() })(),
  },
  {
    route: 'POST /password-resets/redeem',
    needs: 'nothing',
    path: () => '/password-resets/redeem',
    call: post({ token: 'none', password: 'correct horse battery' }),
  },
  {
    route: 'POST /setup',
    needs: 'nothing',
    path: () => '/setup',
    call: post({ token: 'x', name: 'X', email: 'x@routes.test', password: 'a long password' }),
  },
  { route: 'GET /session', needs: 'a session', path: () => '/session' },
  ...organizationRoutes,
  ...keyRoutes,
  ...platformRoutes,
]
