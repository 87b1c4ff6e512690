import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import type { SearchParams } from 'nuqs/server'
import { prefetch, serverClient } from '@/app/server-client'
import { getQueryClient } from '@/components/providers/query-client'
import { WebhookPage } from '@/components/webhooks/one-webhook/webhook-page'
import { deliveryListQuery, loadDeliverySearch, webhookQuery } from '@/lib/queries/webhooks'

export const metadata: Metadata = { title: 'Webhook' }

type Props = { params: Promise<{ org: string; id: string }>; searchParams: Promise<SearchParams> }

export default async function Page({ params, searchParams }: Props) {
  const { org, id } = await params
  const queryClient = getQueryClient()
  const client = await serverClient()
  const search = await loadDeliverySearch(searchParams)
  await Promise.all([
    prefetch(queryClient, webhookQuery(client, org, id)),
    prefetch(queryClient, deliveryListQuery(client, org, id, search)),
  ])
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <WebhookPage org={org} id={id} />
    </HydrationBoundary>
  )
}
