import { createLoader, parseAsString, parseAsStringLiteral } from 'nuqs/server'
import { KEY_CONCERNS, KEY_ENVIRONMENTS, KEY_STATUSES } from '@/lib/contracts/key-terms'

export const KEY_SORTS = ['-created_at', 'created_at', 'name', '-name'] as const

/** What the list of keys reads from the URL. A value that is none of these is as if it were absent. */
export const keySearchParsers = {
  q: parseAsString.withDefault(''),
  status: parseAsStringLiteral(KEY_STATUSES),
  environment: parseAsStringLiteral(KEY_ENVIRONMENTS),
  concern: parseAsStringLiteral(KEY_CONCERNS),
  sort: parseAsStringLiteral(KEY_SORTS).withDefault('-created_at'),
  cursor: parseAsString,
}

export const loadKeySearch = createLoader(keySearchParsers)

export type KeySearch = Awaited<ReturnType<typeof loadKeySearch>>

const LONGEST_SEARCH = 100

/** The search as the API takes it: what is empty is left out. */
export function keySearchQuery({ q, status, environment, concern, sort, cursor }: KeySearch) {
  const text = [...q.trim()].slice(0, LONGEST_SEARCH).join('')
  return {
    sort,
    ...(text && { q: text }),
    ...(status && { status }),
    ...(environment && { environment }),
    ...(concern && { concern }),
    ...(cursor && { cursor }),
  }
}
