import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import type { SearchParams } from 'nuqs/server'
import { prefetch, serverClient } from '@/app/server-client'
import { JobsPage } from '@/components/platform/jobs/jobs-page'
import { getQueryClient } from '@/components/providers/query-client'
import { jobsQuery, loadJobSearch } from '@/lib/queries/jobs'

export const metadata: Metadata = { title: 'Jobs' }

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const queryClient = getQueryClient()
  const search = await loadJobSearch(searchParams)
  await prefetch(queryClient, jobsQuery(await serverClient(), search))
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <JobsPage />
    </HydrationBoundary>
  )
}
