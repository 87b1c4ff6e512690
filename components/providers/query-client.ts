import { isServer, QueryClient } from '@tanstack/react-query'
import { mayRetry } from '@/lib/queries/request-error'

const FRESH_MS = 2_000

const makeQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      // What the server has just sent with the page is not asked for again at once.
      // The server asks once: whoever waits for the page is told sooner what is wrong, and the browser tries again.
      queries: { staleTime: FRESH_MS, retry: isServer ? false : mayRetry, refetchOnWindowFocus: true },
    },
  })

let browserQueryClient: QueryClient | undefined

/** One client for the browser's page, one for each request on the server: people must not see each other's data. */
export function getQueryClient(): QueryClient {
  if (isServer) return makeQueryClient()
  browserQueryClient ??= makeQueryClient()
  return browserQueryClient
}
