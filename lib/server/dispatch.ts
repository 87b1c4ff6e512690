import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { env } from '@/lib/env'
import { isDecodable } from '@/lib/http/is-decodable'
import { findPeer, PEER_HEADER, type Peer, trustedProxies, writePeer } from '@/lib/http/peer'
import { runtime } from '@/lib/runtime'
import { redirectPage } from '@/lib/server/redirect-page'
import { refuse } from '@/lib/server/refuse'

type Application = { fetch: (request: Request, bindings: { peer: Peer }) => Response | Promise<Response> }

export type Applications = {
  /** Straight on Node's server; null in development, where Next serves both APIs, reloaded after each edit. */
  apis: { api: Application; dashboard: Application } | null
  pages: (request: IncomingMessage, response: ServerResponse) => Promise<void>
}

const PUBLIC_API = /^(\/api)?\/v1([/?]|$)/
const DASHBOARD_API = /^\/api\/dashboard([/?]|$)/
const HEALTH = /^\/api\/health([/?]|$)/

const isTrusted = trustedProxies(env.TRUSTED_PROXIES)
const joined = (value: string | string[] | undefined) => (Array.isArray(value) ? value.join(',') : value)

type Incoming = { socket: { remoteAddress?: string }; headers: IncomingHttpHeaders }
type Outgoing = { setHeader: (name: string, value: string) => unknown }

/** Finds the caller. A reply over HTTPS tells the browser to stay with it. */
function meet({ socket, headers }: Incoming, outgoing: Outgoing): Peer {
  const forwardedFor = joined(headers['x-forwarded-for'])
  const forwardedProto = joined(headers['x-forwarded-proto'])
  const peer = findPeer({ socketAddress: socket.remoteAddress, forwardedFor, forwardedProto }, isTrusted)
  if (peer.https) outgoing.setHeader('Strict-Transport-Security', 'max-age=31536000')
  return peer
}

const mount = (application: Application): RequestListener =>
  getRequestListener((request, { incoming, outgoing }) =>
    application.fetch(request, { peer: meet(incoming, outgoing) }),
  )

/** The path and query that are asked for; null for what is none (`*`, `host:443`). */
function targetOf(url: string): string | null {
  if (url.startsWith('/')) return url
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return null
  const { pathname, search } = new URL(url)
  return pathname + search
}

/** RFC 9110, 7.2: a request without a host, or with what is none, is refused; both applications would do it bare. */
const isHost = (host: string | undefined): boolean =>
  host !== undefined && /^[\w.:[\]-]+$/.test(host) && URL.canParse(`http://${host}`)

/** Next believes forwarded headers from anyone, so it gets only what we found. */
function tellNext(headers: IncomingHttpHeaders, peer: Peer) {
  for (const name of Object.keys(headers)) {
    if (name === 'forwarded' || name.startsWith('x-forwarded-')) delete headers[name]
  }
  headers['x-forwarded-proto'] = peer.https ? 'https' : 'http'
  headers[PEER_HEADER] = writePeer(peer)
}

/** Sends each request where it belongs: the two APIs, or Next. */
export function dispatch({ apis, pages }: Applications): RequestListener {
  const api = apis && mount(apis.api)
  const dashboard = apis && mount(apis.dashboard)

  return (request, response) => {
    const target = targetOf(request.url ?? '')
    // HTTP/1.0, which checks of health still speak, has no Host: it means us.
    if (request.httpVersion === '1.0') request.headers.host ??= new URL(runtime().appUrl).host
    if (!isHost(request.headers.host))
      return void refuse(response, 'invalid_request', 'Name the host in a Host header.')
    if (target === null) return void refuse(response, 'invalid_request', 'The request names no path.')
    request.url = target
    const isApi = PUBLIC_API.test(target)
    const isDashboard = DASHBOARD_API.test(target)
    if (api && isApi) return api(request, response)
    if (dashboard && isDashboard) return dashboard(request, response)
    // Next answers what it cannot decode with an error of its own, without our headers.
    if (!isDecodable(target.split('?', 1)[0] ?? '')) {
      return void refuse(response, 'invalid_request', 'The path is not encoded as a path is.')
    }
    const peer = meet(request, response)
    // The APIs refuse plain HTTP themselves, in their own words.
    if (!isApi && !isDashboard && !HEALTH.test(target) && redirectPage(request, response, peer)) return
    tellNext(request.headers, peer)
    void pages(request, response)
  }
}
