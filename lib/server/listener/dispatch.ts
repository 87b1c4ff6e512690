import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { env } from '@/lib/base/node/env'
import { runtime } from '@/lib/base/node/runtime'
import { findPeer, PEER_HEADER, type Peer, trustedProxies, writePeer } from '@/lib/http/peer'
import { toDomainError } from '@/lib/http/problems'
import { CLOSED_POLICY, SECURITY_HEADERS } from '@/lib/http/security-headers.mjs'
import { redirectPage } from '@/lib/server/listener/redirect-page'
import { refuse } from '@/lib/server/listener/refuse'
import { refusePage } from '@/lib/server/listener/refuse-page'
import { comesTwice, isHost, readTarget, type Target } from '@/lib/server/listener/request-target'

type Application = { fetch: (request: Request, bindings: { peer: Peer }) => Response | Promise<Response> }

export type Applications = {
  /** Straight on Node's server; null in development, where Next serves them, reloaded after each edit. */
  apis: { api: Application; dashboard: Application; leaks: Application; forms: Application } | null
  pages: (request: IncomingMessage, response: ServerResponse) => Promise<void>
}

/** In any case: Next's rewrites look at none, and would serve `/V1` by an application with counters of its own. */
const PUBLIC_API = /^(\/api)?\/v1([/?]|$)/i
const DASHBOARD_API = /^\/api\/dashboard([/?]|$)/
const LEAKS = /^\/api\/leaked-keys([/?]|$)/
const FORMS = /^\/f\//
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

/** Sends each request where it belongs: the two APIs, the reports of leaked keys, the forms, or Next. */
export function dispatch({ apis, pages }: Applications): RequestListener {
  const api = apis && mount(apis.api)
  const dashboard = apis && mount(apis.dashboard)
  const leaks = apis && mount(apis.leaks)
  const forms = apis && mount(apis.forms)

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
    if ('refusal' in asked) return void refuse(response, 'invalid_request', asked.refusal)
    const { target } = asked
    // Both routers and every rule read it from here.
    request.url = target
    const isApi = PUBLIC_API.test(target)
    const isDashboard = DASHBOARD_API.test(target)
    const isLeaks = LEAKS.test(target)
    if (api && isApi) return api(request, response)
    if (dashboard && isDashboard) return dashboard(request, response)
    if (leaks && isLeaks) return leaks(request, response)
    const peer = meet(request, response)
    // In development Next answers for the APIs, and for tools of its own.
    if (apis) setPolicy(response)
    // The APIs refuse plain HTTP themselves, in their own words.
    if (!isApi && !isDashboard && !isLeaks && !HEALTH.test(target) && redirectPage(request, response, peer)) return
    if (forms && FORMS.test(target)) return forms(request, response)
    if (apis && refusePage(request, response)) return
    tellNext(request.headers, peer)
    void showPage(request, response)
  }
}
