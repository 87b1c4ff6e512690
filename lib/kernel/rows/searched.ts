import { type BriefRead, isCanceled } from '@/lib/kernel/rows/brief-read'
import { orderBy } from '@/lib/kernel/rows/order'
import { type FoundPage, pageOfFound, type Spot } from '@/lib/kernel/rows/page'
import type { Indexed, Sought } from '@/lib/kernel/rows/search'
import { join, type Sql, sql } from '@/lib/kernel/rows/sql'
import type { RowTable } from '@/lib/kernel/rows/table'

/** Rows of the list that a page looks at. What is common is among them. */
const LOOKED_AT = 2_000

/** What is asked may be rare and made of what is frequent: then the index names many rows that are none. */
const INDEX_MS = 1_000

/** What is rarer an index names, and Postgres sorts it, up to so many rows. */
const MOST_SORTED = 5_000

type Search = Spot & {
  /** Whose the rows are, wherever in the list they stand. */
  of: Sql[]
  sought: Sought
}

/**
 * A page of what is looked for, at a cost that does not grow with the table: what the next 2,000 rows of the list have of
 * it, or, if that does not fill the page, what an index knows. Where the index knows more than can be sorted, or nothing, or
 * needs longer than a second, the page ends with the rows that were looked at, and the next one goes on behind them.
 */
export async function searched(read: BriefRead, rows: RowTable, search: Search): Promise<FoundPage> {
  const near = await lookAtNear(read, rows, search)
  if (near.edge === null) return pageOfFound(near.found, search.limit)
  const known = search.sought.indexed && (await askIndex(read, rows, search, search.sought.indexed))
  if (known) return pageOfFound(known, search.limit)
  return { rows: near.found, last: near.edge, incomplete: true }
}

const shownAs = ({ shown }: RowTable, of: Sql): Sql =>
  sql`SELECT row_to_json(shown)::text AS json FROM (SELECT ${shown} ${of}) shown`

/** What the next rows have, and the last of them; the edge is null where the page is full, or the list ends before. */
async function lookAtNear(read: BriefRead, rows: RowTable, { from, sought, keys, limit }: Search) {
  const inOrder = sql`FROM ${rows.source} t WHERE ${join(from, ' AND ')} ORDER BY ${orderBy(keys)}`
  const found = sql`FROM (SELECT * ${inOrder} LIMIT ${LOOKED_AT}::int) t
    WHERE ${sought.met} ORDER BY ${orderBy(keys)} LIMIT ${limit + 1}::int`
  const [near] = await read<{ found: string[]; edge: string | null }>(sql`
    WITH near AS MATERIALIZED (${shownAs(rows, found)})
    SELECT ARRAY(SELECT json FROM near) AS found, CASE WHEN (SELECT count(*) FROM near) <= ${limit}::int THEN (
      ${shownAs(rows, sql`${inOrder} OFFSET ${LOOKED_AT - 1}::int LIMIT 1`)}
    ) END AS edge`)
  return near ?? { found: [], edge: null }
}

/** What an index knows, in the order of the list; null: too much, nothing, or nothing in time. */
async function askIndex(read: BriefRead, rows: RowTable, search: Search, indexed: Indexed) {
  await read(sql`SELECT set_config('statement_timeout', ${String(INDEX_MS)}, true)`)
  return readKnown(read, rows, search, indexed).catch((error: unknown) => {
    if (isCanceled(error)) return null
    throw error
  })
}

async function readKnown(
  read: BriefRead,
  rows: RowTable,
  { of, from, sought, keys, limit }: Search,
  { condition, knows }: Indexed,
) {
  const [known] = await read<{ count: number | null; found: string[] }>(sql`
    WITH known AS MATERIALIZED (
      SELECT t.* FROM ${rows.source} t WHERE ${join([...of, condition], ' AND ')} AND ${knows} AND by_index(t.id)
      LIMIT ${MOST_SORTED + 1}::int
    )
    SELECT CASE WHEN ${knows} THEN (SELECT count(*)::int FROM known) END AS count, ARRAY(${shownAs(
      rows,
      sql`FROM known t WHERE (SELECT count(*) FROM known) <= ${MOST_SORTED}::int AND ${join([...from, sought.met], ' AND ')}
        ORDER BY ${orderBy(keys)} LIMIT ${limit + 1}::int`,
    )}) AS found`)
  return known && known.count !== null && known.count <= MOST_SORTED ? known.found : null
}
