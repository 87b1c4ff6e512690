import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { prefetch, serverClient } from '@/app/server-client'
import { AdminsPage } from '@/components/platform/admins-page'
import { getQueryClient } from '@/components/providers/query-client'
import { platformAdminsQuery } from '@/lib/queries/platform'

export const metadata: Metadata = { title: 'Platform admins' }

export default async function Page() {
  const queryClient = getQueryClient()
  await prefetch(queryClient, platformAdminsQuery(await serverClient()))
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <AdminsPage />
    </HydrationBoundary>
  )
}
