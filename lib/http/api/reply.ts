import type { Context } from 'hono'
import type { ApiEnvironment } from '@/lib/http/api/environment'
import type { Answer } from '@/lib/kernel/idempotency/once'

/**
 * The one function that writes a reply which is no problem. Its headers go to Node's server as the plain object that
 * they are: through `c.header` and `Headers` they would cost a call more than its routing does.
 */
export function reply(
  c: Context<ApiEnvironment>,
  { status, body }: Pick<Answer, 'status' | 'body'>,
  headers?: Record<string, string>,
): Response {
  const type = body === null ? null : { 'Content-Type': 'application/json' }
  return new Response(body, { status, headers: { ...c.get('headers'), ...type, ...headers } })
}
