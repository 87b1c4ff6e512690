import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { cache } from 'react'
import { prefetch, serverClient } from '@/app/server-client'
import { KeyPage } from '@/components/keys/one-key/key-page'
import { getQueryClient } from '@/components/providers/query-client'
import { keyQuery, keyUsageQuery, leaksQuery } from '@/lib/queries/keys'
import { policyQuery } from '@/lib/queries/policy'

type Props = { params: Promise<{ org: string; id: string }> }

/** Asked for once, for the page and its title. */
const load = cache(async (org: string, id: string) => {
  const queryClient = getQueryClient()
  const client = await serverClient()
  const [key] = await Promise.all([
    prefetch(queryClient, keyQuery(client, org, id)),
    prefetch(queryClient, keyUsageQuery(client, org, id)),
    prefetch(queryClient, leaksQuery(client, org)),
    // A form that opens knows at once what it may offer.
    prefetch(queryClient, policyQuery(client, org)),
  ])
  return { queryClient, key }
})

/** A rotated key has a successor of its name: the prefix tells them apart. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { org, id } = await params
  const { key } = await load(org, id)
  return { title: key ? `${key.name} (${key.key_prefix})` : 'API key' }
}

export default async function Page({ params }: Props) {
  const { org, id } = await params
  const { queryClient } = await load(org, id)
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <KeyPage org={org} id={id} />
    </HydrationBoundary>
  )
}
