import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import type { SearchParams } from 'nuqs/server'
import { prefetch, serverClient } from '@/app/server-client'
import { getQueryClient } from '@/components/providers/query-client'
import { WebhooksPage } from '@/components/webhooks/list/webhooks-page'
import { loadWebhookSearch, webhookListQuery } from '@/lib/queries/webhooks'

export const metadata: Metadata = { title: 'Webhooks' }

type Props = { params: Promise<{ org: string }>; searchParams: Promise<SearchParams> }

export default async function Page({ params, searchParams }: Props) {
  const { org } = await params
  const queryClient = getQueryClient()
  const search = await loadWebhookSearch(searchParams)
  await prefetch(queryClient, webhookListQuery(await serverClient(), org, search))
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <WebhooksPage org={org} />
    </HydrationBoundary>
  )
}
