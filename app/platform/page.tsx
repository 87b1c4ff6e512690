import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import type { SearchParams } from 'nuqs/server'
import { prefetch, serverClient } from '@/app/server-client'
import { OrganizationsPage } from '@/components/platform/organizations-page'
import { getQueryClient } from '@/components/providers/query-client'
import { sendsMail } from '@/lib/kernel/mail/send'
import { loadPlatformSearch, platformOrganizationsQuery } from '@/lib/queries/platform'

export const metadata: Metadata = { title: 'Organisations' }

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const queryClient = getQueryClient()
  const search = await loadPlatformSearch(searchParams)
  await prefetch(queryClient, platformOrganizationsQuery(await serverClient(), search))
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <OrganizationsPage sendsMail={sendsMail()} />
    </HydrationBoundary>
  )
}
