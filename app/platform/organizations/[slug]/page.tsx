import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { cache } from 'react'
import { prefetch, serverClient } from '@/app/server-client'
import { OrganizationPage } from '@/components/platform/organization-page'
import { getQueryClient } from '@/components/providers/query-client'
import { sendsMail } from '@/lib/kernel/mail/send'
import { platformOrganizationQuery } from '@/lib/queries/platform'

type Props = { params: Promise<{ slug: string }> }

/** Asked for once, for the page and its title. */
const load = cache(async (slug: string) => {
  const queryClient = getQueryClient()
  const organization = await prefetch(queryClient, platformOrganizationQuery(await serverClient(), slug))
  return { queryClient, organization }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { organization } = await load((await params).slug)
  return { title: organization?.name ?? 'Organisation' }
}

export default async function Page({ params }: Props) {
  const { slug } = await params
  const { queryClient } = await load(slug)
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <OrganizationPage slug={slug} sendsMail={sendsMail()} />
    </HydrationBoundary>
  )
}
