import { queryOptions } from '@tanstack/react-query'
import { browserClient, type DashboardClient } from '@/lib/queries/client'
import { body, succeed } from '@/lib/queries/request-error'

/** Whether the organisation has asked for the Developer API, and when. */
export const accessRequestQuery = (client: DashboardClient, org: string) =>
  queryOptions({
    queryKey: ['orgs', org, 'access-request'],
    queryFn: () => body(client.orgs[':org']['access-request'].$get({ param: { org } })),
    refetchInterval: 15_000,
  })

export const requestAccessMutation = async (org: string) => {
  await succeed(browserClient.orgs[':org']['access-request'].$post({ param: { org } }))
}
