import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { notFound } from '@/lib/base/errors'
import type { SortKey } from '@/lib/contracts/page'
import { openCursor, type Position, sealCursor } from '@/lib/kernel/listing/cursor'
import type { RowContext } from '@/lib/kernel/rows/context'
import { isPlain, narrowed } from '@/lib/kernel/rows/narrowed'
import { RowReply } from '@/lib/kernel/rows/reply'
import { run } from '@/lib/kernel/rows/run'
import { join, name, type Sql, sql } from '@/lib/kernel/rows/sql'
import { type Having, having, ofTenant, type RowTable } from '@/lib/kernel/rows/table'

/**
 * Paging by position instead of offset: a page costs the same wherever it is, and rows that come and go neither repeat
 * nor hide others.
 */

/** Any list's query, as its contract has parsed it: what is neither order nor place narrows the list. */
export type PageQuery = { limit: number; cursor?: string | undefined; sort?: SortKey<string>[] }

/** The sort with the id behind it, which makes every position unique. */
const complete = (sort: SortKey<string>[]): SortKey<string>[] => [
  ...sort,
  { field: 'id', direction: sort.at(-1)?.direction ?? 'desc' },
]

const column = (field: string) => sql`t.${name(field)}`

const order = (keys: SortKey<string>[]): Sql =>
  join(
    keys.map(({ field, direction }) => (direction === 'asc' ? column(field) : sql`${column(field)} DESC`)),
    ', ',
  )

/** The rows behind a position. */
function behind(keys: SortKey<string>[], position: Position): Sql {
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

/** Where the page ends: the values of its last row, as they are shown. */
function positionOf(json: string, keys: SortKey<string>[]): Position {
  const row = shown.parse(JSON.parse(json))
  return keys.map(({ field }) => String(row[field]))
}

/** The list's own order. */
const ownSort = ({ sort }: RowTable): SortKey<string>[] =>
  sort ? [{ field: sort.replace('-', ''), direction: sort.startsWith('-') ? 'desc' : 'asc' }] : []

/**
 * A page of the tenant's rows.
 * @param query as the list's contract parsed it
 * @param parent the column of the rows' parent, where they have one
 * @throws DomainError invalid_cursor; not_found where there is no such parent
 */
export async function paged(ctx: RowContext, rows: RowTable, query: PageQuery, parent: Having = {}): Promise<RowReply> {
  const { limit, cursor, sort = ownSort(rows), ...filters } = query
  const keys = complete(sort)
  // Everything that says which rows in which order: a cursor opens no other list.
  const list = JSON.stringify([rows.table, rows.one, ctx.tenant, parent, filters, sort])
  const conditions = [
    ofTenant(ctx),
    ...Object.entries(parent).map(([of, value]) => having({ [of]: value })),
    ...narrowed(rows, filters),
    ...(cursor ? [behind(keys, openCursor(list, cursor))] : []),
  ]
  // The limit stands in a sub-select: a plan for a known one looks cheaper to Postgres, so it would plan every call anew.
  const statement = sql`
    SELECT row_to_json(shown)::text AS json FROM (
      SELECT ${rows.shown} FROM ${rows.source} t WHERE ${join(conditions, ' AND ')}
      ORDER BY ${order(keys)} LIMIT (SELECT ${limit + 1}::int)
    ) shown`
  // A caller may ask in thousands of ways, each with a plan of its own: kept are the plans of the ways that are usual.
  const prepared = isPlain(rows, filters) && isDeepStrictEqual(sort, ownSort(rows))
  const found = await run<{ json: string }>(statement, { db: ctx.db, prepared })
  if (found.length === 0) await requireParent(ctx, rows, parent)
  const page = found.slice(0, limit).map(({ json }) => json)
  const last = found.length > limit ? page.at(-1) : undefined
  const next = last === undefined ? null : sealCursor(list, positionOf(last, keys))
  return new RowReply(`{"data":[${page.join(',')}],"has_more":${next !== null},"next_cursor":${JSON.stringify(next)}}`)
}

/** An empty page is that of a parent without rows, or of none. */
async function requireParent(ctx: RowContext, { within }: RowTable, parent: Having) {
  if (!within) return
  const id = parent[within.column] ?? null
  const statement = sql`SELECT true AS found FROM ${name(within.table)} t WHERE ${ofTenant(ctx)} AND ${having({ id })}`
  const found = await run(statement, { db: ctx.db, prepared: true })
  if (found.length === 0) throw notFound(within.one)
}
