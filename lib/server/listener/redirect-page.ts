import type { IncomingMessage, ServerResponse } from 'node:http'
import { env } from '@/lib/base/node/env'
import { runtime } from '@/lib/base/node/runtime'
import type { Peer } from '@/lib/http/peer'

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i

function plain(response: ServerResponse, status: number, text: string, location?: string) {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', ...(location && { Location: location }) })
  response.end(`${text}\n`)
}

/**
 * Answers page requests that came in the wrong way. Plain HTTP goes to HTTPS, or is refused where it may have brought
 * something. `localhost` and `127.0.0.1` are one machine but two origins, and a session is good on one: the other
 * leads there.
 * @returns whether it answered
 */
export function redirectPage(request: IncomingMessage, response: ServerResponse, peer: Peer): boolean {
  const { appUrl, requireHttps } = runtime()
  const reads = request.method === 'GET' || request.method === 'HEAD'
  const there = `${appUrl}${request.url}`
  if (requireHttps && !peer.https) {
    if (reads && appUrl.startsWith('https:')) plain(response, 308, `Open ${there}`, there)
    else plain(response, 403, 'This address needs HTTPS.')
    return true
  }
  const host = request.headers.host ?? ''
  const elsewhere = !env.APP_URL && LOOPBACK.test(host) && host.toLowerCase() !== new URL(appUrl).host
  if (reads && elsewhere) plain(response, 307, `Open ${there}`, there)
  return reads && elsewhere
}
