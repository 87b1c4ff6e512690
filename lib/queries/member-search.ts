import { createLoader, parseAsString } from 'nuqs/server'

/** What the list of members reads from the URL. */
export const memberSearchParsers = { q: parseAsString.withDefault(''), cursor: parseAsString }

export const loadMemberSearch = createLoader(memberSearchParsers)

export type MemberSearch = Awaited<ReturnType<typeof loadMemberSearch>>

const LONGEST_SEARCH = 100

/** The search as the API takes it: what is empty is left out. */
export function memberSearchQuery({ q, cursor }: MemberSearch) {
  const text = [...q.trim()].slice(0, LONGEST_SEARCH).join('')
  return { ...(text && { q: text }), ...(cursor && { cursor }) }
}
