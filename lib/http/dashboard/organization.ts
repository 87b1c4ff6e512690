import { organizationRateLimit } from '@/lib/contracts/plans'
import { route } from '@/lib/http/dashboard/route'
import { grantableScopes, permissionsOf } from '@/lib/kernel/actors/permissions'
import { standing } from '@/lib/people/members/contract'
import { askedForAccess } from '@/lib/people/organizations/contract'
import { findOpenRequest } from '@/lib/people/organizations/find-open-request'
import { requestAccess } from '@/lib/people/organizations/request-access'

const ACCESS_REQUEST = '/orgs/:org/access-request'

/** `/orgs/:org`: what the person is and may do there, and the organisation's wish for the Developer API. */
export const organizationRoutes = [
  route(
    { method: 'get', path: '/orgs/:org', role: 'member', reply: { status: 200, schema: standing } },
    ({ actor, organization }) => ({
      organization: { ...organization, rate_limit: organizationRateLimit(organization) },
      membership: { role: actor.role, developer: actor.developer },
      may: permissionsOf({ actor, organization }),
      grantable_scopes: grantableScopes(actor),
    }),
  ),
  route(
    { method: 'get', path: ACCESS_REQUEST, role: 'member', reply: { status: 200, schema: askedForAccess } },
    async (ctx) => ({ asked_at: (await findOpenRequest(ctx))?.created_at ?? null }),
  ),
  route(
    {
      method: 'post',
      path: ACCESS_REQUEST,
      role: 'request_access',
      proof: 'never',
      reply: { status: 201, schema: askedForAccess },
    },
    async (ctx) => ({ asked_at: (await requestAccess(ctx)).created_at }),
  ),
]
