import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { env } from '@/lib/base/node/env'
import { runtime } from '@/lib/base/node/runtime'
import { beginCall, type CallNote, endCall } from '@/lib/http/calls'
import { findPeer, PEER_HEADER, type Peer, trustedProxies, writePeer } from '@/lib/http/peer'
import { toDomainError } from '@/lib/http/problems'
import { CLOSED_POLICY, SECURITY_HEADERS } from '@/lib/http/security-headers.mjs'
import { showMetrics } from '@/lib/server/listener/metrics'
import { redirectPage } from '@/lib/server/listener/redirect-page'
import { refuse } from '@/lib/server/listener/refuse'
import { refusePage } from '@/lib/server/listener/refuse-page'
import { comesTwice, isHost, readTarget, type Target } from '@/lib/server/listener/request-target'

type Bindings = { peer: Peer; call: CallNote }
type Application = { fetch: (request: Request, bindings: Bindings) => Response | Promise<Response> }

export type Applications = {
  /** Straight on Node's server; null in development, where Next serves them, reloaded after each edit. */
  apis: Record<(typeof PLACES)[number]['name'], Application> | null
  pages: (request: IncomingMessage, response: ServerResponse) => Promise<void>
}

type Place = {
  name: CallNote['app']
  path: RegExp
  /** Read by people: led to HTTPS as pages are. The others refuse plain HTTP themselves, in their own words. */
  isPage?: true
}

/** Where each application answers. */
export const PLACES = [
  // In any case: Next's rewrites look at none, and would serve `/V1` by an application with counters of its own.
  { name: 'api', path: /^(\/api)?\/v1([/?]|$)/i },
  { name: 'dashboard', path: /^\/api\/dashboard([/?]|$)/ },
  { name: 'leaks', path: /^\/api\/leaked-keys([/?]|$)/ },
  { name: 'notices', path: /^\/api\/notices\/off([/?]|$)/ },
  { name: 'unsubscribing', path: /^\/u\/[^/?]/, isPage: true },
  { name: 'forms', path: /^\/f\//, isPage: true },
] as const satisfies Place[]

const HEALTH = /^\/api\/health([/?]|$)/
const METRICS = /^\/api\/metrics(\?|$)/

/** What Next serves, by few names: a page's address may hold a token. */
const PAGES = ['/_next/static', '/api/auth', '/api/health', '/api/metrics', '/docs']

const operationOfPage = (target: string) =>
  PAGES.find((page) => target.startsWith(page) && /^([/?]|$)/.test(target.slice(page.length))) ?? 'page'

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

const mount = (app: CallNote['app'], application: Application): RequestListener =>
  getRequestListener(async (request, { incoming, outgoing }) => {
    const call = beginCall(app, incoming.method)
    const peer = meet(incoming, outgoing)
    const response = await application.fetch(request, { peer, call })
    endCall(call, peer, response.status)
    return response
  })

/** Counts and logs the reply of what is none of our applications, once it has gone out or its reader has. */
function noteAnswer(request: IncomingMessage, response: ServerResponse, peer: Peer, operation: string | null = null) {
  const call = beginCall('pages', request.method)
  call.operation = operation
  response.once('close', () => endCall(call, peer, response.statusCode))
}

/** Next believes forwarded headers from anyone, so it gets only what we found. */
function tellNext(headers: IncomingHttpHeaders, peer: Peer) {
  for (const name of Object.keys(headers)) {
    if (name === 'forwarded' || name.startsWith('x-forwarded-')) delete headers[name]
  }
  headers['x-forwarded-proto'] = peer.https ? 'https' : 'http'
  headers[PEER_HEADER] = writePeer(peer)
}

/** How Next's own replies look when no page of ours is shown; a page sets a policy of its own. */
function setPolicy(response: ServerResponse) {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value)
  response.setHeader('Content-Security-Policy', CLOSED_POLICY)
}

/** Whom a request is for, in one spelling; or why it is refused. */
function read({ url = '', headers, rawHeaders, httpVersion }: IncomingMessage): Target {
  if (comesTwice('host', rawHeaders)) return { refusal: 'Name the host once.' }
  // HTTP/1.0, which checks of health still speak, has no Host: it means us.
  if (httpVersion === '1.0') headers.host ??= new URL(runtime().appUrl).host
  const host = headers.host ?? ''
  // RFC 9110, 7.2: a request without a host, or with what is none, is refused; both applications would do it bare.
  return isHost(host) ? readTarget(url, host) : { refusal: 'Name the host in a Host header.' }
}

/** Sends each request where it belongs: the two APIs, what anybody may ask, or Next. */
export function dispatch({ apis, pages }: Applications): RequestListener {
  const mounted =
    apis && new Map<Place['name'], RequestListener>(PLACES.map(({ name }) => [name, mount(name, apis[name])]))

  async function showPage(request: IncomingMessage, response: ServerResponse) {
    try {
      await pages(request, response)
    } catch (error) {
      const { code, detail } = toDomainError(error, randomUUID())
      if (response.headersSent) response.destroy()
      else await refuse(response, code, detail)
    }
  }

  return (request, response) => {
    const asked = read(request)
    if ('refusal' in asked) {
      noteAnswer(request, response, meet(request, response))
      return void refuse(response, 'invalid_request', asked.refusal)
    }
    const { target } = asked
    // Both routers and every rule read it from here.
    request.url = target
    const place: Place | undefined = PLACES.find(({ path }) => path.test(target))
    const application = place && mounted?.get(place.name)
    if (application && !place.isPage) return application(request, response)
    const peer = meet(request, response)
    if (application && !redirectPage(request, response, peer)) return application(request, response)
    noteAnswer(request, response, peer, operationOfPage(target))
    if (response.writableEnded) return
    if (METRICS.test(target)) return void showMetrics(request, response)
    // In development Next answers for the APIs, and for tools of its own.
    if (apis) setPolicy(response)
    if ((!place || place.isPage) && !HEALTH.test(target) && redirectPage(request, response, peer)) return
    if (apis && refusePage(request, response)) return
    tellNext(request.headers, peer)
    void showPage(request, response)
  }
}
