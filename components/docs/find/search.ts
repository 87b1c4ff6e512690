import MiniSearch from 'minisearch'
import type { SearchEntry } from '@/lib/docs/contract'

const SHOWN = 20

/** Words, and also the parts of names: `contact_ids` is found by `contact`, `listContacts` by `contacts`. */
const tokenize = (text: string): string[] =>
  text
    .split(/[^\p{L}\p{N}_]+/u)
    .flatMap((word) => [word, ...word.split(/_|(?<=[a-z])(?=[A-Z])/)])
    .filter(Boolean)

/**
 * Indexes the entries.
 * @returns a function that finds the best twenty for what was typed: every word of it, in part or mistyped by a letter
 */
export function indexEntries(entries: readonly SearchEntry[]): (query: string) => SearchEntry[] {
  const index = new MiniSearch<SearchEntry>({ idField: 'href', fields: ['title', 'place', 'text'], tokenize })
  index.addAll(entries)
  const byHref = new Map(entries.map((entry) => [entry.href, entry]))
  return (query) =>
    index
      .search(query, {
        tokenize: (text) => text.split(/[^\p{L}\p{N}_]+/u).filter(Boolean),
        boost: { title: 4, place: 2 },
        combineWith: 'AND',
        prefix: true,
        fuzzy: (term) => (term.length > 4 ? 1 : false),
      })
      .slice(0, SHOWN)
      .flatMap(({ id }) => byHref.get(String(id)) ?? [])
}
