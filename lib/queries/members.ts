import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { InferRequestType, InferResponseType } from 'hono/client'
import { browserClient, type DashboardClient } from '@/lib/queries/client'
import { type MemberSearch, memberSearchQuery } from '@/lib/queries/member-search'
import { body, succeed } from '@/lib/queries/request-error'

type MemberRoutes = DashboardClient['orgs'][':org']['members']
type InvitationRoutes = DashboardClient['orgs'][':org']['invitations']

export type WireMember = InferResponseType<MemberRoutes['$get'], 200>['data'][number]
export type WireAffectedKeys = InferResponseType<MemberRoutes[':id']['affected-keys']['$get'], 200>
export type WireInvitation = InferResponseType<InvitationRoutes['$get'], 200>['data'][number]
/** The reply that holds the link: keep it in component state, never in the query cache. */
export type WireInvitationWithLink = InferResponseType<InvitationRoutes['$post'], 201>

export type UpdateMemberBody = InferRequestType<MemberRoutes[':id']['$patch']>['json']
export type RemoveMemberBody = InferRequestType<MemberRoutes[':id']['remove']['$post']>['json']
export type InviteBody = InferRequestType<InvitationRoutes['$post']>['json']
type ResendBody = InferRequestType<InvitationRoutes[':id']['resend']['$post']>['json']
/** A change of a member that is thought of. */
export type AffectingChange = InferRequestType<MemberRoutes[':id']['affected-keys']['$get']>['query']

const REFRESH_MS = 15_000

/** Everything that is kept of an organisation's people; invalidated after every change. */
export const peopleOf = (org: string) => ['orgs', org, 'people']

export const memberListQuery = (client: DashboardClient, org: string, search: MemberSearch) => {
  const query = memberSearchQuery(search)
  return queryOptions({
    queryKey: [...peopleOf(org), 'members', query],
    queryFn: () => body(client.orgs[':org'].members.$get({ param: { org }, query })),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  })
}

export const invitationListQuery = (client: DashboardClient, org: string) =>
  queryOptions({
    queryKey: [...peopleOf(org), 'invitations'],
    queryFn: () => body(client.orgs[':org'].invitations.$get({ param: { org } })),
    refetchInterval: REFRESH_MS,
  })

export const affectedKeysQuery = (org: string, id: string, query: AffectingChange) =>
  queryOptions({
    queryKey: [...peopleOf(org), 'affected-keys', id, query],
    queryFn: () => body(browserClient.orgs[':org'].members[':id']['affected-keys'].$get({ param: { org, id }, query })),
    // Those that are found stand until others are; whether they are for this change, `isPlaceholderData` tells.
    placeholderData: keepPreviousData,
    // A key that is made while somebody decides is asked about too.
    refetchInterval: 5_000,
  })

const { members, invitations } = browserClient.orgs[':org']

export const updateMemberMutation = async (org: string, id: string, json: UpdateMemberBody) => {
  await succeed(members[':id'].$patch({ param: { org, id }, json }))
}

export const removeMemberMutation = async (org: string, id: string, json: RemoveMemberBody) => {
  await succeed(members[':id'].remove.$post({ param: { org, id }, json }))
}

export const inviteMutation = (org: string, json: InviteBody) => body(invitations.$post({ param: { org }, json }))

export const resendInvitationMutation = (org: string, id: string, json: ResendBody) =>
  body(invitations[':id'].resend.$post({ param: { org, id }, json }))

export const withdrawInvitationMutation = async (org: string, id: string) => {
  await succeed(invitations[':id'].withdraw.$post({ param: { org, id } }))
}
