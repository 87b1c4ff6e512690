import { isDeepStrictEqual } from 'node:util'
import { notFound } from '@/lib/base/errors'
import type { SortKey } from '@/lib/contracts/page'
import { openCursor, sealCursor } from '@/lib/kernel/listing/cursor'
import { type BriefRead, readBriefly } from '@/lib/kernel/rows/brief-read'
import type { RowContext } from '@/lib/kernel/rows/context'
import { isPlain, narrowed } from '@/lib/kernel/rows/narrowed'
import { behind, completed, orderBy, ownSort, positionOf } from '@/lib/kernel/rows/order'
import { type FoundPage, pageOfFound, type Spot } from '@/lib/kernel/rows/page'
import { RowReply } from '@/lib/kernel/rows/reply'
import { run } from '@/lib/kernel/rows/run'
import { together } from '@/lib/kernel/rows/search'
import { searched } from '@/lib/kernel/rows/searched'
import { join, name, sql } from '@/lib/kernel/rows/sql'
import { type Having, having, ofTenant, type RowTable } from '@/lib/kernel/rows/table'

/** Any list's query, as its contract has parsed it: what is neither order nor place narrows the list. */
export type PageQuery = { limit: number; cursor?: string | undefined; sort?: SortKey<string>[] }

/**
 * A page of the tenant's rows.
 * @param query as the list's contract parsed it
 * @param parent the column of the rows' parent, where they have one
 * @throws DomainError invalid_cursor; not_found where there is no such parent; unavailable for what takes too long
 */
export async function paged(ctx: RowContext, rows: RowTable, query: PageQuery, parent: Having = {}): Promise<RowReply> {
  const { limit, cursor, sort = ownSort(rows), ...given } = query
  const filters: Record<string, unknown> = given
  const keys = completed(rows, sort)
  // Everything that says which rows in which order: a cursor opens no other list.
  const list = JSON.stringify([rows.table, rows.one, ctx.tenant, parent, filters, sort])
  const { conditions, sought, one } = narrowed(rows, filters, sort)
  const of = [ofTenant(ctx), ...Object.entries(parent).map(([column, value]) => having({ [column]: value }))]
  const from = [...of, ...conditions, ...(cursor ? [behind(keys, openCursor(list, cursor))] : [])]
  // A caller may ask in thousands of ways, each with a plan of its own: kept are the plans of the ways that are usual.
  const prepared = isPlain(rows, filters) && isDeepStrictEqual(sort, ownSort(rows))
  // One row has no order: asked for one, Postgres may walk along it, past all others.
  const place = { from, keys: one && sought.length === 0 ? [] : keys, limit }
  const named = Object.keys(filters).filter((filter) => filters[filter] !== undefined)
  // What a filter asks for may be frequent: then the way along the order visits few rows, which its costs would not say.
  const ways = named.length === 0 ? rows : { ...rows, visited: sql`true` }
  // One order without a filter has its index, as what is usual has.
  const page =
    prepared || named.length === 0
      ? await listed((piece) => run(piece, { db: ctx.db, prepared }), ways, place)
      : await readBriefly({ list: rows.many, filters: named, sort }, (read) =>
          sought.length === 0
            ? listed(read, ways, place)
            : searched(read, rows, { ...place, of, sought: together(sought) }),
        )
  if (page.rows.length === 0 && !page.incomplete) await requireParent(ctx, rows, parent)
  const next = page.last === null ? null : sealCursor(list, positionOf(page.last, keys))
  const incomplete = page.incomplete ? ',"incomplete":true' : ''
  return new RowReply(
    `{"data":[${page.rows.join(',')}],"has_more":${next !== null},"next_cursor":${JSON.stringify(next)}${incomplete}}`,
  )
}

async function listed(read: BriefRead, rows: RowTable, { from, keys, limit }: Spot): Promise<FoundPage> {
  // The limit stands in a sub-select: a plan for a known one looks cheaper to Postgres, so it would plan every call anew.
  const found = await read<{ json: string }>(sql`
    SELECT row_to_json(shown)::text AS json FROM (
      SELECT ${rows.shown} FROM ${rows.source} t WHERE ${join(from, ' AND ')} AND ${rows.visited}
      ${keys.length > 0 ? sql`ORDER BY ${orderBy(keys)}` : sql``} LIMIT (SELECT ${limit + 1}::int)
    ) shown`)
  return pageOfFound(
    found.map(({ json }) => json),
    limit,
  )
}

/** An empty page is that of a parent without rows, or of none. */
async function requireParent(ctx: RowContext, { within }: RowTable, parent: Having) {
  if (!within) return
  const id = parent[within.column] ?? null
  const statement = sql`SELECT true AS found FROM ${name(within.table)} t WHERE ${ofTenant(ctx)} AND ${having({ id })}`
  const found = await run(statement, { db: ctx.db, prepared: true })
  if (found.length === 0) throw notFound(within.one)
}
