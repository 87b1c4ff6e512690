import { encode } from 'next-auth/jwt'
import { runtime } from '@/lib/base/node/runtime'
import { type Problem, problem } from '@/lib/contracts/problem'
import { api } from '@/lib/http/api/app'
import { dashboard } from '@/lib/http/dashboard/app'
import { publicForms } from '@/lib/http/forms/app'
import { leaks } from '@/lib/http/leaks/app'
import type { Peer } from '@/lib/http/peer'
import { sessionCookie } from '@/lib/http/session-cookie'
import { unsubscribing } from '@/lib/http/unsubscribe/app'
import { NO_ORIGIN } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { openSession } from '@/lib/people/sign-in/sessions'

/** Calls the HTTP apps as `server.ts` does, without a socket: the peer comes as a binding. */

export type Call = {
  method?: string
  headers?: Record<string, string>
  /** Sent as JSON. */
  body?: unknown
  /** Sent as it is, with the content type of JSON unless `headers` say otherwise. */
  raw?: string | Uint8Array<ArrayBuffer>
  /** Sent as JSON as it comes, without a length. */
  stream?: ReadableStream<Uint8Array>
  peer?: Partial<Peer>
}

const LOOPBACK: Peer = { address: '127.0.0.1', https: false }

function toRequest(path: string, { method = 'GET', headers, body, raw, stream }: Call): Request {
  if (stream) {
    const described = { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked', ...headers }
    // Node wants `duplex` with a stream; the types of the browser do not know it.
    const init = { method, headers: described, body: stream, duplex: 'half' }
    return new Request(`http://localhost:3000${path}`, init)
  }
  const payload = body === undefined ? raw : JSON.stringify(body)
  // Content-Length as an HTTP client sends it; a Request that never crosses a socket has none.
  const described = payload !== undefined && {
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(payload)),
  }
  return new Request(`http://localhost:3000${path}`, {
    method,
    headers: { ...described, ...headers },
    body: payload ?? null,
  })
}

const bearer = (key: string) => ({ Authorization: `Bearer ${key}` })

/** Hands a request to the public API. `path` is below `/api/v1`, unless it is a whole one like `/v1/me`. */
export async function callApi(path: string, call: Call & { key?: string } = {}): Promise<Response> {
  const whole = path.startsWith('/api/') || path.startsWith('/v1/') ? path : `/api/v1${path}`
  const headers = { ...(call.key !== undefined && bearer(call.key)), ...call.headers }
  return api.fetch(toRequest(whole, { ...call, headers }), { peer: { ...LOOPBACK, ...call.peer } })
}

/** Hands a request to the dashboard's API, from our own pages. `path` is below `/api/dashboard`. */
export async function callDashboard(cookie: string | null, path: string, call: Call = {}): Promise<Response> {
  const headers = { Origin: runtime().appUrl, ...(cookie && { Cookie: cookie }), ...call.headers }
  const request = toRequest(`/api/dashboard${path}`, { ...call, headers })
  return dashboard.fetch(request, { peer: { ...LOOPBACK, ...call.peer } })
}

/** Reports a leaked key, as anybody may. */
export async function callLeaks(call: Call = {}): Promise<Response> {
  const request = toRequest('/api/leaked-keys', { method: 'POST', ...call })
  return leaks.fetch(request, { peer: { ...LOOPBACK, ...call.peer } })
}

/** Asks for a form, or answers it, as anybody may. @param path below `/f/` */
export async function callForm(path: string, call: Call = {}): Promise<Response> {
  return publicForms.fetch(toRequest(`/f/${path}`, call), { peer: { ...LOOPBACK, ...call.peer } })
}

/** Opens the link to unsubscribe of a mail, or asks it, as anybody may. @param link all of it */
export async function visitLink(link: string, init: RequestInit = {}): Promise<Response> {
  return unsubscribing.fetch(new Request(link, init), { peer: LOOPBACK })
}

/** The cookie of a session that names `session_id`, made with `secret`. */
export const cookieOf = async (session_id: string, secret = runtime().authSecret) =>
  `${sessionCookie()}=${await encode({ token: { session_id }, secret })}`

/** Signs a person in: the `Cookie` header of that browser. */
export async function signInAs({ user }: { user: { id: string } }): Promise<string> {
  const session = await prisma().$transaction((db) => openSession(db, { user_id: user.id, origin: NO_ORIGIN }))
  return cookieOf(session.id)
}

/** An error reply, checked to be one: media type, shape, and the status in the body. */
export async function readProblem(response: Response): Promise<Problem> {
  const body = problem.parse(await response.json())
  const type = response.headers.get('Content-Type')
  if (type !== 'application/problem+json') throw new Error(`An error of type ${type}`)
  if (body.status !== response.status) throw new Error(`Status ${response.status} says ${body.status}`)
  if (body.request_id !== response.headers.get('X-Request-Id')) throw new Error('The request ids differ')
  return body
}

/** The code of an error reply; the status of any other. For tables of what a call comes to. */
export async function outcomeOf(response: Response): Promise<string | number> {
  return response.status < 400 ? response.status : (await readProblem(response)).code
}
