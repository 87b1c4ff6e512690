import { queryOptions } from '@tanstack/react-query'
import type { InferResponseType } from 'hono/client'
import type { DashboardClient } from '@/lib/queries/client'
import { body } from '@/lib/queries/request-error'

export type WireOrganization = InferResponseType<DashboardClient['orgs'][':org']['$get'], 200>
/** What a member may do, or the reason why not. */
export type WirePermission = WireOrganization['may']['see_keys']

/** Who is signed in, and where they belong. */
export const sessionQuery = (client: DashboardClient) =>
  queryOptions({ queryKey: ['session'], queryFn: () => body(client.session.$get()) })

/** The organisation, the person's role in it, and what they may do there. */
export const organizationQuery = (client: DashboardClient, org: string) =>
  queryOptions({
    queryKey: ['orgs', org, 'organization'],
    queryFn: () => body(client.orgs[':org'].$get({ param: { org } })),
    refetchInterval: 15_000,
  })

/** The reason why something is not allowed; undefined when it is. */
export const reasonAgainst = (permission: WirePermission): string | undefined =>
  permission.allowed ? undefined : permission.reason
