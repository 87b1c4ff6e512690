import { createHash } from 'node:crypto'
import { canonicalJson } from '@/lib/base/canonical-json'
import { DomainError } from '@/lib/base/errors'
import { Upload } from '@/lib/contracts/bytes'
import type { IdempotentRequest } from '@/lib/kernel/idempotency/once'

const CHANGES = ['POST', 'PUT', 'PATCH', 'DELETE']

/** Visible ASCII; the draft's quoted form means the same key as the bare one. */
const KEY = /^[\x21-\x7e]{1,255}$/

/**
 * What makes this request one of several equal ones, or null when it is none: it reads only, or has no Idempotency-Key
 * (draft 07).
 * @param body as it was parsed, before validation
 * @throws DomainError invalid_idempotency_key
 */
export function readIdempotency(request: Request, body: unknown): IdempotentRequest | null {
  const sent = request.headers.get('Idempotency-Key')
  if (sent === null || !CHANGES.includes(request.method)) return null
  const key = /^"(.*)"$/.exec(sent)?.[1] ?? sent
  if (!KEY.test(key)) {
    throw new DomainError('invalid_idempotency_key', 'An Idempotency-Key has 1 to 255 visible ASCII characters.')
  }
  const { pathname, search } = new URL(request.url)
  const condition = request.headers.get('If-Match')
  const asked = [request.method, pathname.replace(/^\/api/, ''), search, textOf(body)]
  const text = (condition === null ? asked : [...asked, condition]).join('\n')
  return { key, fingerprint: new Uint8Array(createHash('sha256').update(text).digest()) }
}

const textOf = (body: unknown) => (body instanceof Upload ? `${body.type} ${body.sha256}` : canonicalJson(body ?? null))
