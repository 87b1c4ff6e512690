import { z } from 'zod'
import type { SortKey } from '@/lib/contracts/page'
import type { Position } from '@/lib/kernel/listing/cursor'
import { join, name, type Sql, sql } from '@/lib/kernel/rows/sql'
import type { RowTable } from '@/lib/kernel/rows/table'

/**
 * Paging by position instead of offset: a page costs the same wherever it is, and rows that come and go neither repeat
 * nor hide others.
 */

/** The list's own order. */
export const ownSort = ({ sort }: RowTable): SortKey<string>[] =>
  sort ? [{ field: sort.replace('-', ''), direction: sort.startsWith('-') ? 'desc' : 'asc' }] : []

/** The sort with the id behind it, which makes every position unique. */
export const completed = (sort: SortKey<string>[]): SortKey<string>[] => [
  ...sort,
  { field: 'id', direction: sort.at(-1)?.direction ?? 'desc' },
]

const column = (field: string) => sql`t.${name(field)}`

export const orderBy = (keys: SortKey<string>[]): Sql =>
  join(
    keys.map(({ field, direction }) => (direction === 'asc' ? column(field) : sql`${column(field)} DESC`)),
    ', ',
  )

/** The rows behind a position. */
export function behind(keys: SortKey<string>[], position: Position): Sql {
  const at = (index: number) => position[index] ?? ''
  const alternatives = keys.map(({ field, direction }, index) => {
    const same = keys.slice(0, index).map((key, before) => sql`${column(key.field)} = ${at(before)}`)
    const beyond = direction === 'asc' ? sql`${column(field)} > ${at(index)}` : sql`${column(field)} < ${at(index)}`
    return sql`(${join([...same, beyond], ' AND ')})`
  })
  const [first] = keys
  // Implied by the alternatives, but Postgres starts the index scan at a plain bound only.
  const bound = first?.direction === 'asc' ? sql`>= ${at(0)}` : sql`<= ${at(0)}`
  return sql`${column(first?.field ?? 'id')} ${bound} AND (${join(alternatives, ' OR ')})`
}

const shown = z.record(z.string(), z.unknown())

/** Where a row stands: the values of its sort keys, as they are shown. @param json the row as replies show it */
export function positionOf(json: string, keys: SortKey<string>[]): Position {
  const row = shown.parse(JSON.parse(json))
  return keys.map(({ field }) => String(row[field]))
}
