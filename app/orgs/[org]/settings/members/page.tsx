import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import type { SearchParams } from 'nuqs/server'
import { prefetch, serverClient } from '@/app/server-client'
import { MembersPage } from '@/components/members/members-page'
import { getQueryClient } from '@/components/providers/query-client'
import { sendsMail } from '@/lib/kernel/mail/send'
import { loadMemberSearch } from '@/lib/queries/member-search'
import { invitationListQuery, memberListQuery } from '@/lib/queries/members'

export const metadata: Metadata = { title: 'Members' }

type Props = { params: Promise<{ org: string }>; searchParams: Promise<SearchParams> }

export default async function Page({ params, searchParams }: Props) {
  const { org } = await params
  const [client, queryClient] = [await serverClient(), getQueryClient()]
  const search = await loadMemberSearch(searchParams)
  await Promise.all([
    prefetch(queryClient, memberListQuery(client, org, search)),
    prefetch(queryClient, invitationListQuery(client, org)),
  ])
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <MembersPage org={org} sendsMail={sendsMail()} />
    </HydrationBoundary>
  )
}
