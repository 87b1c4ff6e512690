import type { FetchQueryOptions, QueryClient, QueryKey } from '@tanstack/react-query'
import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { signInPath } from '@/components/sign-in/return-path'
import { dashboard } from '@/lib/http/dashboard/app'
import { PageUnavailable, pageUnavailable } from '@/lib/http/page-call'
import { readPeer } from '@/lib/http/peer'
import { createDashboardClient } from '@/lib/queries/client'
import { isSignedOut, RequestError } from '@/lib/queries/request-error'

const CARRIED = ['cookie', 'user-agent', 'x-request-id']

/**
 * The dashboard's API, called in the process with this request's cookies: a page sends the very JSON that it will fetch.
 * While the database is away no page guesses what it would have said.
 * @throws PageUnavailable from each call
 */
export async function serverClient() {
  const incoming = await headers()
  const env = { peer: readPeer(incoming) }
  return createDashboardClient('http://localhost', async (input, init) => {
    const request = new Request(input, init)
    for (const name of CARRIED) {
      const value = incoming.get(name)
      if (value) request.headers.set(name, value)
    }
    const reply = await dashboard.fetch(request, env)
    return reply.status === 503 ? pageUnavailable() : reply
  })
}

/**
 * Fetches what a page shows first. Signed out leads to the sign-in and back, a missing row to "not found", a database that is
 * away to that page; any other failure is left to the page, which shows it and tries again.
 */
export async function prefetch<Data, Key extends QueryKey>(
  queryClient: QueryClient,
  query: FetchQueryOptions<Data, Error, Data, Key>,
): Promise<Data | null> {
  try {
    return await queryClient.fetchQuery(query)
  } catch (error) {
    if (error instanceof Error && error.cause instanceof PageUnavailable) throw error.cause
    if (isSignedOut(error)) redirect(signInPath((await headers()).get('x-path') ?? '/'))
    if (error instanceof RequestError && error.problem.status === 404) notFound()
    return null
  }
}
