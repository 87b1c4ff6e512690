import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { env } from '@/lib/base/node/env'
import { tellMetrics } from '@/lib/base/node/metrics'
import { plainAddress } from '@/lib/contracts/addresses/ip-address'
import { findPeer } from '@/lib/http/peer'
import { refuse } from '@/lib/server/listener/refuse'

const digest = (text: string) => createHash('sha256').update(text).digest()

/** What a proxy on this machine adds: whoever it speaks for is elsewhere. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via']

const NO_HEADERS = { forwardedFor: undefined, forwardedProto: undefined }

/** Whether this machine itself asks: the connection says so, and no header that there is somebody behind it. */
function asksFromHere({ socket, headers }: IncomingMessage): boolean {
  const { address } = findPeer({ socketAddress: socket.remoteAddress, ...NO_HEADERS }, () => false)
  const isLocal = address !== null && plainAddress(address).range() === 'loopback'
  return isLocal && FORWARDED.every((name) => headers[name] === undefined)
}

/**
 * `GET /api/metrics`: what this process counts, in Prometheus' text format. It is for whoever shows `METRICS_TOKEN`, also
 * over plain HTTP, as it is asked within a network; without a token for this machine alone, and for nobody else there.
 */
export async function showMetrics(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = '', headers } = request
  const expected = env.METRICS_TOKEN
  if (expected === undefined) {
    if (!asksFromHere(request)) return refuse(response, 'not_found', 'There is no such path.')
  } else {
    const [, token] = /^Bearer +(.+)$/i.exec(headers.authorization ?? '') ?? []
    if (token === undefined) return refuse(response, 'missing_key', 'Send METRICS_TOKEN as a bearer token.')
    if (!timingSafeEqual(digest(token), digest(expected))) {
      return refuse(response, 'invalid_key', 'This is not the METRICS_TOKEN.')
    }
  }
  if (method !== 'GET' && method !== 'HEAD') {
    return refuse(response, 'method_not_allowed', 'This path has GET, HEAD.', { allow: ['GET', 'HEAD'] })
  }
  const { type, text } = await tellMetrics()
  response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' })
  response.end(method === 'HEAD' ? undefined : text)
}
