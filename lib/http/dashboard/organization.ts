import { Hono } from 'hono'
import { organizationRateLimit } from '@/lib/contracts/plans'
import type { OrganizationEnvironment } from '@/lib/http/dashboard/environment'
import {
  grantableScopes,
  mayCreateKeys,
  mayManageKeys,
  mayManagePeople,
  mayManagePolicy,
  mayRequestAccess,
  maySeeKeys,
  maySeePeople,
  maySeePolicy,
} from '@/lib/kernel/actors/permissions'
import { findOpenRequest } from '@/lib/people/organizations/find-open-request'
import { requestAccess } from '@/lib/people/organizations/request-access'

/** What the person is and may do here, with the reason for what they may not: pages disable and explain by it. */
export const organizationRoutes = new Hono<OrganizationEnvironment>().get('/', (c) => {
  const { actor, organization } = c.var.member
  return c.json({
    organization: { ...organization, rate_limit: organizationRateLimit(organization) },
    membership: { role: actor.role, developer: actor.developer },
    may: {
      see_keys: maySeeKeys(c.var.member),
      create_keys: mayCreateKeys(c.var.member),
      manage_keys: mayManageKeys(c.var.member),
      see_people: maySeePeople(c.var.member),
      manage_people: mayManagePeople(c.var.member),
      see_policy: maySeePolicy(c.var.member),
      manage_policy: mayManagePolicy(c.var.member),
      request_access: mayRequestAccess(c.var.member),
    },
    grantable_scopes: grantableScopes(actor),
  })
})

const asked = (request: { created_at: Date } | null) => ({ asked_at: request?.created_at.toISOString() ?? null })

/** `/orgs/:org/access-request`: the organisation asks the platform for the Developer API. */
export const accessRequestRoutes = new Hono<OrganizationEnvironment>()
  .get('/', async (c) => c.json(asked(await findOpenRequest(c.var.member))))
  .post('/', async (c) => c.json(asked(await requestAccess(c.var.member)), 201))
