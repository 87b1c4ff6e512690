import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import type { SearchParams } from 'nuqs/server'
import { prefetch, serverClient } from '@/app/server-client'
import { KeysPage } from '@/components/keys/list/keys-page'
import { getQueryClient } from '@/components/providers/query-client'
import { loadKeySearch } from '@/lib/queries/key-search'
import { keyListQuery, leaksQuery } from '@/lib/queries/keys'
import { policyQuery } from '@/lib/queries/policy'

export const metadata: Metadata = { title: 'API Keys' }

type Props = { params: Promise<{ org: string }>; searchParams: Promise<SearchParams> }

export default async function Page({ params, searchParams }: Props) {
  const { org } = await params
  const queryClient = getQueryClient()
  const client = await serverClient()
  await Promise.all([
    prefetch(queryClient, keyListQuery(client, org, await loadKeySearch(searchParams))),
    prefetch(queryClient, leaksQuery(client, org)),
    // A form that opens knows at once what it may offer.
    prefetch(queryClient, policyQuery(client, org)),
  ])
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <KeysPage org={org} />
    </HydrationBoundary>
  )
}
