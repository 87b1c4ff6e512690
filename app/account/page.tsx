import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { prefetch, serverClient } from '@/app/server-client'
import { AccountPage } from '@/components/account/account-page'
import { getQueryClient } from '@/components/providers/query-client'
import { accountQuery, sessionsQuery } from '@/lib/queries/account'
import { noticeChoicesQuery } from '@/lib/queries/notices'

export const metadata: Metadata = { title: 'Your account' }

export default async function Page() {
  const queryClient = getQueryClient()
  const client = await serverClient()
  await Promise.all([
    prefetch(queryClient, accountQuery(client)),
    prefetch(queryClient, noticeChoicesQuery(client)),
    prefetch(queryClient, sessionsQuery(client)),
  ])
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <AccountPage />
    </HydrationBoundary>
  )
}
