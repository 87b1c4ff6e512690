import type { Context } from 'hono'
import type { ApiEnvironment } from '@/lib/http/api/environment'

type Answer = {
  status: number
  /** JSON; null for a reply without a body. */
  body: string | null
}

/**
 * The one function that writes a reply which is no problem. Its headers go to Node's server as the plain object that
 * they are: through `c.header` and `Headers` they would cost a call more than its routing does.
 */
export function reply(
  c: Context<ApiEnvironment>,
  { status, body }: Answer,
  headers?: Record<string, string>,
): Response {
  const type = body === null ? null : { 'Content-Type': 'application/json' }
  return new Response(body, { status, headers: { ...c.get('headers'), ...type, ...headers } })
}
