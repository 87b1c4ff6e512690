import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import type { SearchParams } from 'nuqs/server'
import { prefetch, serverClient } from '@/app/server-client'
import { PlatformAuditPage } from '@/components/platform/platform-audit-page'
import { getQueryClient } from '@/components/providers/query-client'
import { auditHeadQuery, auditListQuery, loadAuditSearch } from '@/lib/queries/audit'

export const metadata: Metadata = { title: 'Audit log' }

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const queryClient = getQueryClient()
  const client = await serverClient()
  const search = await loadAuditSearch(searchParams)
  await Promise.all([
    prefetch(queryClient, auditListQuery(client, 'platform', search)),
    prefetch(queryClient, auditHeadQuery(client, 'platform')),
  ])
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <PlatformAuditPage />
    </HydrationBoundary>
  )
}
