import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { prefetch, serverClient } from '@/app/server-client'
import { OrganizationPage } from '@/components/platform/organization-page'
import { getQueryClient } from '@/components/providers/query-client'
import { platformOrganizationQuery } from '@/lib/queries/platform'

export const metadata: Metadata = { title: 'Organisation' }

export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params
  const queryClient = getQueryClient()
  await prefetch(queryClient, platformOrganizationQuery(await serverClient(), slug))
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <OrganizationPage slug={slug} />
    </HydrationBoundary>
  )
}
