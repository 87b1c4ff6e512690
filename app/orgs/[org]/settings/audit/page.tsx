import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import type { SearchParams } from 'nuqs/server'
import { prefetch, serverClient } from '@/app/server-client'
import { AuditPage } from '@/components/audit/audit-page'
import { getQueryClient } from '@/components/providers/query-client'
import { auditHeadQuery, auditListQuery, loadAuditSearch } from '@/lib/queries/audit'

export const metadata: Metadata = { title: 'Audit log' }

type Props = { params: Promise<{ org: string }>; searchParams: Promise<SearchParams> }

export default async function Page({ params, searchParams }: Props) {
  const { org } = await params
  const queryClient = getQueryClient()
  const client = await serverClient()
  const search = await loadAuditSearch(searchParams)
  await Promise.all([
    prefetch(queryClient, auditListQuery(client, { org }, search)),
    prefetch(queryClient, auditHeadQuery(client, { org })),
  ])
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <AuditPage org={org} />
    </HydrationBoundary>
  )
}
