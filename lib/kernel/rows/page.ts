import type { OrderKey } from '@/lib/kernel/rows/order'
import type { Sql } from '@/lib/kernel/rows/sql'

/** Where a page of a list begins, and how its rows stand. */
export type Spot = {
  /** Conditions on the row `t`: whose it is, what indexed filters keep, what is behind the page before. */
  from: Sql[]
  keys: OrderKey[]
  limit: number
}

/** What was found of a page. */
export type FoundPage = {
  /** Rows as replies show them. */
  rows: string[]
  /** The row behind which the next page begins; null: this is the last one. */
  last: string | null
  /** The page ends before it is full, and more of what is looked for may follow. */
  incomplete?: true
}

/** @param found one more than the page has, where more follow */
export function pageOfFound(found: string[], limit: number): FoundPage {
  const rows = found.slice(0, limit)
  return { rows, last: found.length > limit ? (rows.at(-1) ?? null) : null }
}
