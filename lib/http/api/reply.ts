import type { Context } from 'hono'
import type { Download } from '@/lib/contracts/bytes'
import { attachmentDisposition } from '@/lib/http/api/content-disposition'
import type { ApiEnvironment } from '@/lib/http/api/environment'
import { isKnown, type Preconditions } from '@/lib/http/api/preconditions'
import { streamOf } from '@/lib/http/body/stream-of'
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
  const all = Object.assign(c.get('headers'), headers)
  if (body !== null) {
    all['Content-Type'] = 'application/json'
    // Of a body that is left out the reply says the length; where the body goes along, Node's server counts it.
    if (c.req.method === 'HEAD') all['Content-Length'] = String(Buffer.byteLength(body))
  }
  return new Response(body, { status, headers: all })
}

/** The reply of bytes: to be saved, never shown, whatever they claim to be. */
export function sendBytes(
  c: Context<ApiEnvironment>,
  { file: { type, size, name, etag }, pieces }: Download,
  preconditions: Preconditions,
): Response {
  const tag: Record<string, string> = etag === undefined ? {} : { ETag: etag }
  if (isKnown(etag ?? null, preconditions)) return reply(c, { status: 304, body: null }, tag)
  const headers = {
    ...c.get('headers'),
    ...tag,
    'Content-Type': type,
    'Content-Length': String(size),
    'Content-Disposition': attachmentDisposition(name),
    'Content-Security-Policy': "sandbox; default-src 'none'",
  }
  return new Response(streamOf(pieces), { status: 200, headers })
}
