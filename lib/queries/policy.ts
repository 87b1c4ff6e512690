import { queryOptions } from '@tanstack/react-query'
import type { InferRequestType, InferResponseType } from 'hono/client'
import { browserClient, type DashboardClient } from '@/lib/queries/client'
import { body } from '@/lib/queries/request-error'

type PolicyRoutes = DashboardClient['orgs'][':org']['policy']

export type WirePolicy = InferResponseType<PolicyRoutes['$get'], 200>
export type WireBreach = InferResponseType<PolicyRoutes['breaches']['$get'], 200>['keys'][number]
type PolicyBody = InferRequestType<PolicyRoutes['$put']>['json']

export const policyOf = (org: string) => ['orgs', org, 'policy']

/** What the organisation asks of its new keys. */
export const policyQuery = (client: DashboardClient, org: string) =>
  queryOptions({
    queryKey: [...policyOf(org), 'rules'],
    queryFn: () => body(client.orgs[':org'].policy.$get({ param: { org } })),
  })

/** The keys that were made before it and break it. */
export const breachesQuery = (client: DashboardClient, org: string) =>
  queryOptions({
    queryKey: [...policyOf(org), 'breaches'],
    queryFn: () => body(client.orgs[':org'].policy.breaches.$get({ param: { org } })),
  })

export const updatePolicyMutation = (org: string, json: PolicyBody) =>
  body(browserClient.orgs[':org'].policy.$put({ param: { org }, json }))
