import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { prefetch, serverClient } from '@/app/server-client'
import { PlatformShell } from '@/components/platform/platform-shell'
import { getQueryClient } from '@/components/providers/query-client'
import { sessionQuery } from '@/lib/queries/organization'

export default async function Layout({ children }: { children: ReactNode }) {
  const queryClient = getQueryClient()
  const session = await prefetch(queryClient, sessionQuery(await serverClient()))
  // For everybody else there is no such page.
  if (session && !session.user.platform_admin) notFound()
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <PlatformShell>{children}</PlatformShell>
    </HydrationBoundary>
  )
}
