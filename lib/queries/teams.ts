import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { InferRequestType, InferResponseType } from 'hono/client'
import { createLoader, parseAsString } from 'nuqs/server'
import { browserClient, type DashboardClient } from '@/lib/queries/client'
import { body, succeed } from '@/lib/queries/request-error'

type TeamRoutes = DashboardClient['orgs'][':org']['teams']

export type WireTeam = InferResponseType<TeamRoutes['$get'], 200>['data'][number]
export type TeamPerson = InferResponseType<TeamRoutes[':id']['people']['$get'], 200>['data'][number]

type CreateTeamBody = InferRequestType<TeamRoutes['$post']>['json']
type UpdateTeamBody = InferRequestType<TeamRoutes[':id']['$patch']>['json']

const REFRESH_MS = 15_000

/** What the list of teams reads from the URL. */
export const teamSearchParsers = { cursor: parseAsString }

export const loadTeamSearch = createLoader(teamSearchParsers)

/** Everything that is kept of an organisation's teams; invalidated after every change. */
export const teamsOf = (org: string) => ['orgs', org, 'teams']

export const teamListQuery = (client: DashboardClient, org: string, cursor: string | null) => {
  const query = cursor === null ? {} : { cursor }
  return queryOptions({
    queryKey: [...teamsOf(org), 'list', query],
    queryFn: () => body(client.orgs[':org'].teams.$get({ param: { org }, query })),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  })
}

/** Everybody on a team. */
export const teamPeopleQuery = (org: string, id: string) =>
  queryOptions({
    queryKey: [...teamsOf(org), 'people', id],
    queryFn: () => body(browserClient.orgs[':org'].teams[':id'].people.$get({ param: { org, id } })),
  })

const { teams } = browserClient.orgs[':org']

export const createTeamMutation = (org: string, json: CreateTeamBody) => body(teams.$post({ param: { org }, json }))

export const updateTeamMutation = (org: string, id: string, json: UpdateTeamBody) =>
  body(teams[':id'].$patch({ param: { org, id }, json }))

export const deleteTeamMutation = async (org: string, id: string) => {
  await succeed(teams[':id'].$delete({ param: { org, id } }))
}
