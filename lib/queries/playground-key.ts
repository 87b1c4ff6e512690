import type { InferRequestType } from 'hono/client'
import type { Problem } from '@/lib/contracts/problem'
import { browserClient } from '@/lib/queries/client'
import type { WireCreatedKey } from '@/lib/queries/keys'
import { body, ConnectionError, problemIn, RequestError } from '@/lib/queries/request-error'

const playground = browserClient.orgs[':org'].keys.playground

type MintBody = InferRequestType<typeof playground.$post>['json']

/** Mints a test token. Holds the secret: keep it in component state, never in the query cache. */
export const mintPlaygroundKeyMutation = (org: string, json: MintBody): Promise<WireCreatedKey> =>
  body(playground.$post({ param: { org }, json }))

type ApiRequest = { method: string; path: string; body: string | File | null; key: string }

/** What a body is sent as: a file as what the browser knows it to be. */
export const contentTypeOf = (body: string | File): string =>
  typeof body === 'string' ? 'application/json' : body.type || 'application/octet-stream'

/** A reply of the public API, whatever it says. */
export type ApiReply = {
  status: number
  reason: string
  milliseconds: number
  headers: Headers
  text: string
  /** The body where it is to be saved; the text is empty then. */
  file: Blob | null
  /** The text, read; undefined where it is no JSON. */
  json: unknown
  /** What a refusal says. */
  problem: Problem | null
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Calls the public API with a key alone, as an integration would: no cookie goes with it.
 * @throws ConnectionError when no reply comes
 */
export async function callPublicApi({ method, path, body, key }: ApiRequest): Promise<ApiReply> {
  const began = performance.now()
  try {
    const reply = await fetch(`/api/v1${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${key}`,
        ...(body !== null && { 'Content-Type': contentTypeOf(body) }),
      },
      body,
      credentials: 'omit',
      cache: 'no-store',
    })
    const isFile = reply.headers.get('Content-Disposition')?.startsWith('attachment')
    const file = isFile ? await reply.blob() : null
    const text = file ? '' : await reply.text()
    const milliseconds = Math.round(performance.now() - began)
    const json = readJson(text)
    return {
      status: reply.status,
      reason: reply.statusText,
      milliseconds,
      headers: reply.headers,
      text,
      file,
      json,
      problem: reply.ok ? null : await problemIn(json),
    }
  } catch (error) {
    throw new ConnectionError('No reply came.', { cause: error })
  }
}

/**
 * Ends a key by its own call, as any key may be ended by whoever has it.
 * @returns how it has ended, also where it had before
 * @throws RequestError, ConnectionError
 */
export async function revokeItselfMutation(key: string): Promise<'revoked' | 'expired'> {
  const { status, problem } = await callPublicApi({ method: 'POST', path: '/me/revoke', body: '{}', key })
  if (problem?.code === 'expired_key') return 'expired'
  if (status === 200 || status === 401) return 'revoked'
  throw problem ? new RequestError(problem, null) : new ConnectionError('The reply cannot be read.')
}
