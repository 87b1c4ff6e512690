import { collectSearchEntries } from '@/lib/docs/collect-search-entries'

export const dynamic = 'force-static'

/** What the search of the docs looks through; fetched when it is opened. */
export const GET = async (): Promise<Response> =>
  Response.json(await collectSearchEntries(), { headers: { 'Cache-Control': 'public, max-age=0, must-revalidate' } })
