import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { InferResponseType } from 'hono/client'
import { createLoader, parseAsString, parseAsStringLiteral } from 'nuqs/server'
import { browserClient, type DashboardClient } from '@/lib/queries/client'
import { PLATFORM } from '@/lib/queries/platform'
import { body, succeed } from '@/lib/queries/request-error'

type JobRoutes = DashboardClient['platform']['jobs']

export type WireJob = InferResponseType<JobRoutes['$get'], 200>['data'][number]

const STATES = ['waiting', 'running', 'failed'] as const

/** What the list of jobs reads from the URL. */
export const jobSearchParsers = { state: parseAsStringLiteral(STATES), cursor: parseAsString }

export const loadJobSearch = createLoader(jobSearchParsers)

type JobSearch = Awaited<ReturnType<typeof loadJobSearch>>

/** Jobs come and go by the second. */
const REFRESH_MS = 5_000

export const jobsQuery = (client: DashboardClient, { state, cursor }: JobSearch) => {
  const query = { ...(state && { state }), ...(cursor && { cursor }) }
  return queryOptions({
    queryKey: [...PLATFORM, 'jobs', query],
    queryFn: () => body(client.platform.jobs.$get({ query })),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  })
}

const { jobs } = browserClient.platform

export const retryJobMutation = async (id: string) => {
  await succeed(jobs[':id'].retry.$post({ param: { id } }))
}

export const dropJobMutation = async (id: string) => {
  await succeed(jobs[':id'].$delete({ param: { id } }))
}
