import { redirect } from 'next/navigation'
import { prefetch, serverClient } from '@/app/server-client'
import { getQueryClient } from '@/components/providers/query-client'
import { NoOrganization } from '@/components/shell/no-organization'
import { sessionQuery } from '@/lib/queries/organization'

/** Leads to the first organisation's API keys; before the first run, to that. */
export default async function Page() {
  const client = await serverClient()
  if ((await client.setup.$get()).ok) redirect('/setup')
  const session = await prefetch(getQueryClient(), sessionQuery(client))
  if (!session) throw new Error('The session could not be read.')
  const first = session.organizations[0]
  if (first) redirect(`/orgs/${first.slug}/settings/api-keys`)
  if (session.user.platform_admin) redirect('/platform')
  return <NoOrganization user={session.user} />
}
