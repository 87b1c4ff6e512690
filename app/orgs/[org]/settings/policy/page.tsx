import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { prefetch, serverClient } from '@/app/server-client'
import { PolicyPage } from '@/components/policy/policy-page'
import { getQueryClient } from '@/components/providers/query-client'
import { breachesQuery, policyQuery } from '@/lib/queries/policy'

export const metadata: Metadata = { title: 'Policy' }

type Props = { params: Promise<{ org: string }> }

export default async function Page({ params }: Props) {
  const { org } = await params
  const queryClient = getQueryClient()
  const client = await serverClient()
  await Promise.all([
    prefetch(queryClient, policyQuery(client, org)),
    prefetch(queryClient, breachesQuery(client, org)),
  ])
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <PolicyPage org={org} />
    </HydrationBoundary>
  )
}
