import type { Direction, Page, SortKey } from '@/lib/contracts/page'
import { openCursor, type Position, sealCursor } from '@/lib/kernel/listing/cursor'

/**
 * Paging by position instead of offset: a page costs the same wherever it is, and rows that come and go neither repeat
 * nor hide others. Every sort field must be indexed behind the tenant and never null.
 */

type Comparison = { equals?: string; lt?: string; lte?: string; gt?: string; gte?: string }
type Condition<Field extends string> = { [Name in Field | 'id']?: Comparison }

export type Keyset<Field extends string> = {
  where: { AND: Condition<Field>[]; OR?: { AND: Condition<Field>[] }[] }
  orderBy: { [Name in Field | 'id']?: Direction }[]
  /** One more than the page, to know whether another follows. */
  take: number
}

type ListRequest<Field extends string> = {
  /** What the cursor is bound to beside the sort: the list's name, its tenant, its filters. */
  list: readonly unknown[]
  sort: SortKey<Field>[]
  cursor?: string | undefined
  limit: number
}

const condition = <Field extends string>(field: Field | 'id', comparison: Comparison): Condition<Field> => {
  const result: Condition<Field> = {}
  result[field] = comparison
  return result
}

const order = <Field extends string>(field: Field | 'id', direction: Direction) => {
  const result: Keyset<Field>['orderBy'][number] = {}
  result[field] = direction
  return result
}

/** The sort with the id behind it, which makes every position unique. */
function complete<Field extends string>(sort: SortKey<Field>[]): SortKey<Field | 'id'>[] {
  return [...sort, { field: 'id', direction: sort.at(-1)?.direction ?? 'desc' }]
}

const nameOf = ({ list, sort }: { list: readonly unknown[]; sort: unknown }) => JSON.stringify([list, sort])

/**
 * The part of a query that selects one page.
 * @throws DomainError invalid_cursor
 */
export function keyset<Field extends string>(request: ListRequest<Field>): Keyset<Field> {
  const keys = complete(request.sort)
  const position = request.cursor ? openCursor(nameOf(request), request.cursor) : null
  return {
    where: position ? after(keys, position) : { AND: [] },
    orderBy: keys.map(({ field, direction }) => order<Field>(field, direction)),
    take: request.limit + 1,
  }
}

function after<Field extends string>(keys: SortKey<Field | 'id'>[], position: Position): Keyset<Field>['where'] {
  const at = (index: number) => position[index] ?? ''
  const alternatives = keys.map(({ field, direction }, index) => ({
    AND: [
      ...keys.slice(0, index).map((key, before) => condition<Field>(key.field, { equals: at(before) })),
      condition<Field>(field, direction === 'asc' ? { gt: at(index) } : { lt: at(index) }),
    ],
  }))
  // Implied by the alternatives, but Postgres starts the index scan at a plain bound only.
  const [first] = keys
  const bound = first
    ? [condition<Field>(first.field, first.direction === 'asc' ? { gte: at(0) } : { lte: at(0) })]
    : []
  return { AND: bound, OR: alternatives }
}

/** Turns the rows of a keyset query into the page's reply. */
export function toPage<Field extends string, Row extends { id: string } & { [Name in Field]: string | Date }>(
  request: ListRequest<Field>,
  rows: Row[],
): Page<Row> {
  const data = rows.slice(0, request.limit)
  const last = data.at(-1)
  if (rows.length <= request.limit || !last) return { data, has_more: false, next_cursor: null }
  const values = complete(request.sort).map(({ field }) => {
    const value: string | Date = last[field]
    return value instanceof Date ? value.toISOString() : value
  })
  return { data, has_more: true, next_cursor: sealCursor(nameOf(request), values) }
}
