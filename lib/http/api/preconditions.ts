import { DomainError } from '@/lib/base/errors'
import type { Operation } from '@/lib/contracts/operation'

/** The conditions of RFC 9110, 13.1: whoever sends one relies on its being judged. */
const ALL = ['If-Match', 'If-None-Match', 'If-Modified-Since', 'If-Unmodified-Since'] as const

/** An entity tag, weak or strong (RFC 9110, 8.8.3). */
const TAGS = /^\s*(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"\s*(?:,\s*(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"\s*)*$/
/** Written as we write it: what has nine digits fits the column. */
const VERSION = /^"([1-9]\d{0,8})"$/

/**
 * Refuses a condition that the operation does not judge.
 * @throws DomainError invalid_request
 */
export function requireKnownPreconditions({ preconditions = [] }: Operation, headers: Headers): void {
  for (const name of ALL) {
    if (!headers.has(name) || preconditions.some((known) => known === name)) continue
    throw new DomainError('invalid_request', `This operation does not know ${name}. Send the request without it.`)
  }
}

function tagsOf(name: string, value: string): string[] {
  if (!TAGS.test(value)) throw new DomainError('invalid_request', `${name} has ETags as they came, or *.`)
  return value.split(',').map((tag) => tag.trim())
}

/**
 * The versions of which the row must have one; null: any. They are compared strongly, so a weak tag matches none.
 * @throws DomainError invalid_request
 */
export function readIfMatch(headers: Headers): number[] | null {
  const value = headers.get('If-Match')
  if (value === null || value.trim() === '*') return null
  return tagsOf('If-Match', value).flatMap((tag) => {
    const version = VERSION.exec(tag)?.[1]
    return version ? [Number(version)] : []
  })
}

/**
 * Whether the caller has what the reply would show. Compared weakly.
 * @throws DomainError invalid_request
 */
export function isKnown(etag: string | null, headers: Headers): boolean {
  const value = headers.get('If-None-Match')
  if (value === null || etag === null) return false
  return value.trim() === '*' || tagsOf('If-None-Match', value).some((tag) => tag.replace(/^W\//, '') === etag)
}
