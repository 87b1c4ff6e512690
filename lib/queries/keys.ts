import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { InferRequestType, InferResponseType } from 'hono/client'
import { MINUTE_MS } from '@/lib/base/time'
import { browserClient, type DashboardClient } from '@/lib/queries/client'
import { type KeySearch, keySearchQuery } from '@/lib/queries/key-search'
import { body, succeed } from '@/lib/queries/request-error'

type KeyRoutes = DashboardClient['orgs'][':org']['keys']

/** A key as it comes over the wire: instants are text. */
export type WireKey = InferResponseType<KeyRoutes[':id']['$get'], 200>
/** A key of the list, with its calls by day. */
export type WireListedKey = InferResponseType<KeyRoutes['$get'], 200>['data'][number]
export type WireKeyTotal = InferResponseType<KeyRoutes['$get'], 200>['total']
export type WireKeyConcerns = InferResponseType<KeyRoutes['concerns']['$get'], 200>
export type WireKeyUsage = InferResponseType<KeyRoutes[':id']['usage']['$get'], 200>
export type WireKeyEvent = InferResponseType<KeyRoutes[':id']['history']['$get'], 200>['data'][number]
/** A key that was reported as leaked. */
export type WireLeak = InferResponseType<KeyRoutes['leaks']['$get'], 200>['data'][number]
/** What became of one of several keys that were revoked. */
export type WireRevocation = InferResponseType<KeyRoutes['revoke']['$post'], 200>['data'][number]
/** The reply to a creation or a rotation. The first holds the secret: keep it in component state, never in the query cache. */
export type WireKeyShownOnce = InferResponseType<KeyRoutes['$post'], 201>
export type WireCreatedKey = WireKeyShownOnce & { key: string }

export type CreateKeyBody = InferRequestType<KeyRoutes['$post']>['json']
export type UpdateKeyBody = InferRequestType<KeyRoutes[':id']['$patch']>['json']
export type RotateKeyBody = InferRequestType<KeyRoutes[':id']['rotate']['$post']>['json']
export type RevokeKeyBody = InferRequestType<KeyRoutes[':id']['revoke']['$post']>['json']
type RevokeKeysBody = InferRequestType<KeyRoutes['revoke']['$post']>['json']

// Two tabs, or an integration at work, are seen within seconds.
const REFRESH_MS = 5_000

/** Everything that is kept of an organisation's keys; invalidated after every change. */
export const keysOf = (org: string) => ['orgs', org, 'keys']

export const keyListQuery = (client: DashboardClient, org: string, search: KeySearch) => {
  const query = keySearchQuery(search)
  return queryOptions({
    queryKey: [...keysOf(org), 'list', query],
    queryFn: () => body(client.orgs[':org'].keys.$get({ param: { org }, query })),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  })
}

const firstPage = (): string | null => null

export const keyQuery = (client: DashboardClient, org: string, id: string) =>
  queryOptions({
    queryKey: [...keysOf(org), 'one', id],
    queryFn: () => body(client.orgs[':org'].keys[':id'].$get({ param: { org, id } })),
    refetchInterval: REFRESH_MS,
  })

/** How many keys each concern is true of; asked for when the page is there, which need not wait for it. */
export const keyConcernsQuery = (client: DashboardClient, org: string) =>
  queryOptions({
    queryKey: [...keysOf(org), 'concerns'],
    queryFn: () => body(client.orgs[':org'].keys.concerns.$get({ param: { org } })),
    refetchInterval: MINUTE_MS,
  })

/** The keys that were reported as leaked, until an Admin says to know. */
export const leaksQuery = (client: DashboardClient, org: string) =>
  queryOptions({
    queryKey: [...keysOf(org), 'leaks'],
    queryFn: () => body(client.orgs[':org'].keys.leaks.$get({ param: { org } })),
    refetchInterval: MINUTE_MS,
  })

export const keyUsageQuery = (client: DashboardClient, org: string, id: string) =>
  queryOptions({
    queryKey: [...keysOf(org), 'usage', id],
    queryFn: () => body(client.orgs[':org'].keys[':id'].usage.$get({ param: { org, id } })),
    refetchInterval: REFRESH_MS,
  })

/** What has been done to a key; older entries by `fetchNextPage`. */
export const keyHistoryQuery = (client: DashboardClient, org: string, id: string) =>
  infiniteQueryOptions({
    queryKey: [...keysOf(org), 'history', id],
    queryFn: ({ pageParam }) =>
      body(
        client.orgs[':org'].keys[':id'].history.$get({
          param: { org, id },
          query: pageParam === null ? {} : { cursor: pageParam },
        }),
      ),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next_cursor,
  })

const keys = browserClient.orgs[':org'].keys

const carrying = (once: string) => ({ headers: { 'Idempotency-Key': once } })

/** @param once the Idempotency-Key: whatever becomes of the reply, the same request can be sent again and makes no second key */
export const createKeyMutation = (org: string, json: CreateKeyBody, once: string) =>
  body(keys.$post({ param: { org }, json }, carrying(once)))

export const updateKeyMutation = (org: string, id: string, json: UpdateKeyBody) =>
  body(keys[':id'].$patch({ param: { org, id }, json }))

/** The key as it is now, past the cache. */
export const fetchKey = (org: string, id: string) => body(keys[':id'].$get({ param: { org, id } }))

/** @param once as of `createKeyMutation` */
export const rotateKeyMutation = (org: string, id: string, json: RotateKeyBody, once: string) =>
  body(keys[':id'].rotate.$post({ param: { org, id }, json }, carrying(once)))

export const revokeKeyMutation = (org: string, id: string, json: RevokeKeyBody) =>
  body(keys[':id'].revoke.$post({ param: { org, id }, json }))

export const revokeKeysMutation = (org: string, json: RevokeKeysBody) =>
  body(keys.revoke.$post({ param: { org }, json }))

export const noteLeakMutation = async (org: string, id: string) => {
  await succeed(keys[':id'].leak.note.$post({ param: { org, id } }))
}

export const reactivateKeyMutation = (org: string, id: string) =>
  body(keys[':id'].reactivate.$post({ param: { org, id } }))

export const deleteKeyMutation = async (org: string, id: string) => {
  await succeed(keys[':id'].$delete({ param: { org, id } }))
}
