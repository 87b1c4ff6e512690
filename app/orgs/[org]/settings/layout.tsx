import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { prefetch, serverClient } from '@/app/server-client'
import { getQueryClient } from '@/components/providers/query-client'
import { SettingsShell } from '@/components/shell/settings-shell'
import { organizationQuery, sessionQuery } from '@/lib/queries/organization'

type Props = { params: Promise<{ org: string }>; children: ReactNode }

export default async function Layout({ params, children }: Props) {
  const { org } = await params
  const client = await serverClient()
  const queryClient = getQueryClient()
  await Promise.all([
    prefetch(queryClient, sessionQuery(client)),
    prefetch(queryClient, organizationQuery(client, org)),
  ])
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <SettingsShell org={org}>{children}</SettingsShell>
    </HydrationBoundary>
  )
}
