import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import type { SearchParams } from 'nuqs/server'
import { cache } from 'react'
import { prefetch, serverClient } from '@/app/server-client'
import { getQueryClient } from '@/components/providers/query-client'
import { WebhookPage } from '@/components/webhooks/one-webhook/webhook-page'
import { deliveryListQuery, loadDeliverySearch, webhookQuery } from '@/lib/queries/webhooks'

type Props = { params: Promise<{ org: string; id: string }>; searchParams: Promise<SearchParams> }

/** Asked for once, for the page and its title. */
const load = cache((org: string, id: string) => {
  const queryClient = getQueryClient()
  const webhook = serverClient().then((client) => prefetch(queryClient, webhookQuery(client, org, id)))
  return { queryClient, webhook }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { org, id } = await params
  const webhook = await load(org, id).webhook
  return { title: webhook?.url ?? 'Webhook' }
}

export default async function Page({ params, searchParams }: Props) {
  const { org, id } = await params
  const client = await serverClient()
  const search = await loadDeliverySearch(searchParams)
  const { queryClient, webhook } = load(org, id)
  await Promise.all([webhook, prefetch(queryClient, deliveryListQuery(client, org, id, search))])
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <WebhookPage org={org} id={id} />
    </HydrationBoundary>
  )
}
