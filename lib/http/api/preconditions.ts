import { DomainError } from '@/lib/base/errors'
import type { Operation } from '@/lib/contracts/operation'

/** The conditions of RFC 9110, 13.1: whoever sends one relies on its being judged. */
const ALL = ['If-Match', 'If-None-Match', 'If-Modified-Since', 'If-Unmodified-Since'] as const

/** An entity tag, weak or strong (RFC 9110, 8.8.3). */
const TAGS = /^\s*(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"\s*(?:,\s*(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"\s*)*$/
/** Written as we write it: what has nine digits fits the column. */
const VERSION = /^"([1-9]\d{0,8})"$/

/** What the caller says of the row; null: nothing. */
export type Preconditions = {
  /** The versions of which the row must have one. They are compared strongly, so a weak tag is none of them. */
  if_match: number[] | null
  /** The tags that the caller has, without their weakness, or `*`: they are compared weakly. */
  if_none_match: string[] | null
}

const NONE: Preconditions = { if_match: null, if_none_match: null }

/** @throws DomainError invalid_request for a condition that the operation does not judge, or that has no form */
export function readPreconditions({ preconditions = [] }: Operation, headers: Headers): Preconditions {
  let read = NONE
  for (const name of ALL) {
    const value = headers.get(name)
    if (value === null) continue
    const known = preconditions.find((condition) => condition === name)
    if (!known) {
      throw new DomainError('invalid_request', `This operation does not know ${name}. Send the request without it.`)
    }
    if (known === 'If-Match') read = { ...read, if_match: versionsOf(value) }
    else read = { ...read, if_none_match: tagsOf(name, value).map((tag) => tag.replace(/^W\//, '')) }
  }
  return read
}

function tagsOf(name: string, value: string): string[] {
  if (value.trim() === '*') return ['*']
  if (!TAGS.test(value)) throw new DomainError('invalid_request', `${name} has ETags as they came, or *.`)
  return value.split(',').map((tag) => tag.trim())
}

function versionsOf(value: string): number[] | null {
  const tags = tagsOf('If-Match', value)
  if (tags.includes('*')) return null
  return tags.flatMap((tag) => {
    const version = VERSION.exec(tag)?.[1]
    return version ? [Number(version)] : []
  })
}

/** Whether the caller has what the reply would show. */
export function isKnown(etag: string | null, { if_none_match }: Preconditions): boolean {
  if (etag === null || if_none_match === null) return false
  return if_none_match.includes('*') || if_none_match.includes(etag)
}
