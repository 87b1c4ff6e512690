import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { InferRequestType, InferResponseType } from 'hono/client'
import { createLoader, parseAsString, parseAsStringLiteral } from 'nuqs/server'
import { browserClient, type DashboardClient } from '@/lib/queries/client'
import { body, succeed } from '@/lib/queries/request-error'

type OrganizationRoutes = DashboardClient['platform']['organizations']
type AdminRoutes = DashboardClient['platform']['admins']

export type WirePlatformOrganization = InferResponseType<OrganizationRoutes['$get'], 200>['data'][number]
export type WirePlatformOrganizationDetail = InferResponseType<OrganizationRoutes[':slug']['$get'], 200>
export type WirePlatformAdmin = InferResponseType<AdminRoutes['$get'], 200>['data'][number]
/** The replies that hold a link: keep them in component state, never in the query cache. */
export type WireCreatedOrganization = InferResponseType<OrganizationRoutes['$post'], 201>
export type WireFirstAdminInvitation = WireCreatedOrganization['invitation']

export type CreateOrganizationBody = InferRequestType<OrganizationRoutes['$post']>['json']
export type ChangeOrganizationBody = InferRequestType<OrganizationRoutes[':slug']['$patch']>['json']

type FirstAdminBody = InferRequestType<OrganizationRoutes[':slug']['first-admin']['$post']>['json']
type GrantBody = InferRequestType<AdminRoutes['$post']>['json']

/** What the list of organisations reads from the URL. */
export const platformSearchParsers = {
  q: parseAsString.withDefault(''),
  requests: parseAsStringLiteral(['open']),
  cursor: parseAsString,
}

export const loadPlatformSearch = createLoader(platformSearchParsers)

export type PlatformSearch = Awaited<ReturnType<typeof loadPlatformSearch>>

const REFRESH_MS = 15_000
const LONGEST_SEARCH = 100

/** Everything that is kept of the platform; invalidated after every change. */
export const PLATFORM = ['platform']

export const platformOrganizationsQuery = (client: DashboardClient, { q, requests, cursor }: PlatformSearch) => {
  const text = [...q.trim()].slice(0, LONGEST_SEARCH).join('')
  const query = { ...(text && { q: text }), ...(requests && { requests }), ...(cursor && { cursor }) }
  return queryOptions({
    queryKey: [...PLATFORM, 'organizations', query],
    queryFn: () => body(client.platform.organizations.$get({ query })),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  })
}

export const platformOrganizationQuery = (client: DashboardClient, slug: string) =>
  queryOptions({
    queryKey: [...PLATFORM, 'organization', slug],
    queryFn: () => body(client.platform.organizations[':slug'].$get({ param: { slug } })),
    refetchInterval: REFRESH_MS,
  })

export const platformAdminsQuery = (client: DashboardClient) =>
  queryOptions({
    queryKey: [...PLATFORM, 'admins'],
    queryFn: () => body(client.platform.admins.$get()),
    refetchInterval: REFRESH_MS,
  })

const { organizations, admins } = browserClient.platform

export const createOrganizationMutation = (json: CreateOrganizationBody) => body(organizations.$post({ json }))

export const changeOrganizationMutation = async (slug: string, json: ChangeOrganizationBody) => {
  await succeed(organizations[':slug'].$patch({ param: { slug }, json }))
}

export const declineRequestMutation = async (slug: string, reason: string) => {
  await succeed(organizations[':slug'].decline.$post({ param: { slug }, json: { reason } }))
}

export const inviteFirstAdminMutation = (slug: string, json: FirstAdminBody) =>
  body(organizations[':slug']['first-admin'].$post({ param: { slug }, json }))

export const grantPlatformAdminMutation = (json: GrantBody) => body(admins.$post({ json }))

export const takePlatformAdminMutation = async (id: string) => {
  await succeed(admins[':id'].$delete({ param: { id } }))
}
