import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { prefetch, serverClient } from '@/app/server-client'
import { KeyPage } from '@/components/keys/one-key/key-page'
import { getQueryClient } from '@/components/providers/query-client'
import { keyQuery, keyUsageQuery } from '@/lib/queries/keys'

export const metadata: Metadata = { title: 'API key' }

type Props = { params: Promise<{ org: string; id: string }> }

export default async function Page({ params }: Props) {
  const { org, id } = await params
  const queryClient = getQueryClient()
  const client = await serverClient()
  await Promise.all([
    prefetch(queryClient, keyQuery(client, org, id)),
    prefetch(queryClient, keyUsageQuery(client, org, id)),
  ])
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <KeyPage org={org} id={id} />
    </HydrationBoundary>
  )
}
