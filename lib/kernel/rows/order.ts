import { z } from 'zod'
import type { Direction, SortKey } from '@/lib/contracts/page'
import type { Position } from '@/lib/kernel/listing/cursor'
import { join, name, type Sql, sql, type Value } from '@/lib/kernel/rows/sql'
import type { RowTable } from '@/lib/kernel/rows/table'

/**
 * Paging by position instead of offset: a page costs the same wherever it is, and rows that come and go neither repeat
 * nor hide others.
 */

/** What rows are in the order of: never null, or a page would hide what follows. */
export type Order = {
  /** Of the row `t`. */
  column: Sql
  /** Where a row stands in it, from the row as replies show it. */
  placeOf: (row: Record<string, unknown>) => string
  /** The column's value there. */
  at: (place: string) => Value | Sql
}

export type OrderKey = Order & { direction: Direction }

const ofColumn = (field: string): Order => ({
  column: sql`t.${name(field)}`,
  placeOf: (row) => String(row[field]),
  at: (place) => place,
})

/** The list's own order. */
export const ownSort = ({ sort }: RowTable): SortKey<string>[] =>
  sort ? [{ field: sort.replace('-', ''), direction: sort.startsWith('-') ? 'desc' : 'asc' }] : []

/** The sort with the id behind it, which makes every position unique. */
export const completed = ({ orders }: RowTable, sort: SortKey<string>[]): OrderKey[] =>
  [...sort, { field: 'id', direction: sort.at(-1)?.direction ?? 'desc' }].map(({ field, direction }) => ({
    ...(orders[field] ?? ofColumn(field)),
    direction,
  }))

export const orderBy = (keys: OrderKey[]): Sql =>
  join(
    keys.map(({ column, direction }) => (direction === 'asc' ? column : sql`${column} DESC`)),
    ', ',
  )

/** The rows behind a position. */
export function behind(keys: OrderKey[], position: Position): Sql {
  const at = (index: number) => keys[index]?.at(position[index] ?? '') ?? ''
  const alternatives = keys.map(({ column, direction }, index) => {
    const same = keys.slice(0, index).map((key, before) => sql`${key.column} = ${at(before)}`)
    const beyond = direction === 'asc' ? sql`${column} > ${at(index)}` : sql`${column} < ${at(index)}`
    return sql`(${join([...same, beyond], ' AND ')})`
  })
  const [first] = keys
  // Implied by the alternatives, but Postgres starts the index scan at a plain bound only.
  const bound = first?.direction === 'asc' ? sql`>= ${at(0)}` : sql`<= ${at(0)}`
  return sql`${first?.column ?? sql`t.id`} ${bound} AND (${join(alternatives, ' OR ')})`
}

const shown = z.record(z.string(), z.unknown())

/** Where a row stands: its place in each order. @param json the row as replies show it */
export function positionOf(json: string, keys: OrderKey[]): Position {
  const row = shown.parse(JSON.parse(json))
  return keys.map(({ placeOf }) => placeOf(row))
}
