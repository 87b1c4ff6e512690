import type { Context } from 'hono'
import type { ApiEnvironment } from '@/lib/http/api/environment'
import type { AnswerStatus } from '@/lib/kernel/idempotency/once'

/**
 * The one function that writes a reply which is no problem. Its headers go to Node's server as the plain object that
 * they are: through `c.header` and `Headers` they would cost a call more than its routing does.
 */
export function reply(
  c: Context<ApiEnvironment>,
  { status, body }: { status: AnswerStatus | 304; body: string | null },
  headers?: Record<string, string>,
): Response {
  // With its length, which the reply to HEAD says of the body that it leaves out.
  const type =
    body === null ? null : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)) }
  return new Response(body, { status, headers: { ...c.get('headers'), ...type, ...headers } })
}
