import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import type { SearchParams } from 'nuqs/server'
import { prefetch, serverClient } from '@/app/server-client'
import { getQueryClient } from '@/components/providers/query-client'
import { TeamsPage } from '@/components/teams/teams-page'
import { loadTeamSearch, teamListQuery } from '@/lib/queries/teams'

export const metadata: Metadata = { title: 'Teams' }

type Props = { params: Promise<{ org: string }>; searchParams: Promise<SearchParams> }

export default async function Page({ params, searchParams }: Props) {
  const { org } = await params
  const [client, queryClient] = [await serverClient(), getQueryClient()]
  const { cursor } = await loadTeamSearch(searchParams)
  await prefetch(queryClient, teamListQuery(client, org, cursor))
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <TeamsPage org={org} />
    </HydrationBoundary>
  )
}
