import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { InferRequestType, InferResponseType } from 'hono/client'
import { createLoader, parseAsString, parseAsStringLiteral } from 'nuqs/server'
import { browserClient, type DashboardClient } from '@/lib/queries/client'
import { body, succeed } from '@/lib/queries/request-error'

type WebhookRoutes = DashboardClient['orgs'][':org']['webhooks']
type DeliveryRoutes = WebhookRoutes[':id']['deliveries']

/** A webhook as it comes over the wire: instants are text. */
export type WireWebhook = InferResponseType<WebhookRoutes[':id']['$get'], 200>
export type WireDelivery = InferResponseType<DeliveryRoutes['$get'], 200>['data'][number]
export type WireAttempt = InferResponseType<DeliveryRoutes[':delivery']['$get'], 200>['log'][number]

type CreateWebhookBody = InferRequestType<WebhookRoutes['$post']>['json']
type UpdateWebhookBody = InferRequestType<WebhookRoutes[':id']['$patch']>['json']
type RotateSecretBody = InferRequestType<WebhookRoutes[':id']['rotate-secret']['$post']>['json']
type ReplayRangeBody = InferRequestType<WebhookRoutes[':id']['replay']['$post']>['json']

/** What the list of webhooks reads from the URL. */
export const webhookSearchParsers = { cursor: parseAsString }

export const loadWebhookSearch = createLoader(webhookSearchParsers)

type WebhookSearch = Awaited<ReturnType<typeof loadWebhookSearch>>

export const DELIVERY_STATUSES = ['pending', 'delivered', 'failed'] as const

/** What the log of a webhook reads from the URL. */
export const deliverySearchParsers = { status: parseAsStringLiteral(DELIVERY_STATUSES), cursor: parseAsString }

export const loadDeliverySearch = createLoader(deliverySearchParsers)

type DeliverySearch = Awaited<ReturnType<typeof loadDeliverySearch>>

/** What is sent is seen to arrive. */
const REFRESH_MS = 5_000

/** Everything that is kept of an organisation's webhooks; invalidated after every change. */
export const webhooksOf = (org: string) => ['orgs', org, 'webhooks']

export const webhookListQuery = (client: DashboardClient, org: string, { cursor }: WebhookSearch) =>
  queryOptions({
    queryKey: [...webhooksOf(org), 'list', cursor],
    queryFn: () => body(client.orgs[':org'].webhooks.$get({ param: { org }, query: { ...(cursor && { cursor }) } })),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  })

export const webhookQuery = (client: DashboardClient, org: string, id: string) =>
  queryOptions({
    queryKey: [...webhooksOf(org), 'one', id],
    queryFn: () => body(client.orgs[':org'].webhooks[':id'].$get({ param: { org, id } })),
    refetchInterval: REFRESH_MS,
  })

export const deliveryListQuery = (
  client: DashboardClient,
  org: string,
  id: string,
  { status, cursor }: DeliverySearch,
) => {
  const query = { ...(status && { status }), ...(cursor && { cursor }) }
  return queryOptions({
    queryKey: [...webhooksOf(org), 'one', id, 'deliveries', query],
    queryFn: () => body(client.orgs[':org'].webhooks[':id'].deliveries.$get({ param: { org, id }, query })),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  })
}

/** A delivery with its attempts. */
export const deliveryQuery = (org: string, id: string, delivery: string) =>
  queryOptions({
    queryKey: [...webhooksOf(org), 'one', id, 'delivery', delivery],
    queryFn: () => body(webhooks[':id'].deliveries[':delivery'].$get({ param: { org, id, delivery } })),
    refetchInterval: REFRESH_MS,
  })

const { webhooks } = browserClient.orgs[':org']

export const createWebhookMutation = (org: string, json: CreateWebhookBody) =>
  body(webhooks.$post({ param: { org }, json }))

export const updateWebhookMutation = (org: string, id: string, json: UpdateWebhookBody) =>
  body(webhooks[':id'].$patch({ param: { org, id }, json }))

export const deleteWebhookMutation = async (org: string, id: string) => {
  await succeed(webhooks[':id'].$delete({ param: { org, id } }))
}

export const rotateSecretMutation = (org: string, id: string, json: RotateSecretBody) =>
  body(webhooks[':id']['rotate-secret'].$post({ param: { org, id }, json }))

export const sendTestMutation = (org: string, id: string) =>
  body(webhooks[':id'].deliveries.$post({ param: { org, id } }))

export const replayDeliveryMutation = (org: string, id: string, delivery: string) =>
  body(webhooks[':id'].deliveries[':delivery'].replay.$post({ param: { org, id, delivery } }))

export const replayRangeMutation = (org: string, id: string, json: ReplayRangeBody) =>
  body(webhooks[':id'].replay.$post({ param: { org, id }, json }))
