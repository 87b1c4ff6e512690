import { readBriefly } from '@/lib/kernel/rows/brief-read'
import { isStart, mentions } from '@/lib/kernel/rows/search'
import { join, name, type Sql, sql } from '@/lib/kernel/rows/sql'

/** More ids would cost a statement more than looking at rows in their order does. */
const MOST_NAMED = 1_000

/** LIKE's own signs, which Prisma leaves active, are letters like all others. */
const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

/** What begins with `asked`, as a condition of Prisma on a column in the order of "C". */
export const beginningWith = (asked: string): { startsWith: string } => ({ startsWith: escapeLike(asked) })

type Search = { search: { contains: string } | { startsWith: string } }

type Where<Other> = {
  table: 'api_keys' | 'users' | 'organizations'
  /** Whose the rows `t` are. */
  of?: Sql
  /** Another way to be one of the rows, which has an index of its own: in SQL, and for Prisma. */
  or?: { sql: Sql; condition: Other }
}

/**
 * `mentions` as a condition for lists that Prisma reads. It names the rows where an index knows them and they are few;
 * else they are met on the way through the list.
 */
export async function mentioned<Other extends object = never>(
  asked: string,
  { table, of = sql`true`, or }: Where<Other>,
): Promise<{ id: { in: string[] } } | { OR: (Search | Other)[] }> {
  const { form, ids } = await lookUp(asked, table, of, or?.sql)
  if (ids && ids.length <= MOST_NAMED) return { id: { in: ids } }
  const part = escapeLike(form)
  const searches: Search[] = isStart(asked)
    ? [{ search: { startsWith: part } }, { search: { contains: ` ${part}` } }]
    : [{ search: { contains: part } }]
  return { OR: or ? [...searches, or.condition] : searches }
}

/** The normal form of what is asked, and what the indexes know of it; null: nothing. */
async function lookUp(asked: string, table: string, of: Sql, other: Sql | undefined) {
  const { met, indexed } = mentions(asked)
  const ways = indexed ? [sql`${indexed.condition} AND ${met}`, ...(other ? [other] : [])] : []
  const known = ways.map(
    (way) => sql`
      SELECT id FROM (
        SELECT t.id FROM ${name(table)} t WHERE ${of} AND ${way} AND by_index(t.id) LIMIT ${MOST_NAMED + 1}::int
      ) known`,
  )
  const ids = indexed ? sql`CASE WHEN ${indexed.knows} THEN ARRAY(${join(known, ' UNION ')}) END` : sql`NULL::uuid[]`
  const [found] = await readBriefly({ list: table, filters: ['q'] }, (read) =>
    read<{ form: string; ids: string[] | null }>(sql`SELECT search_form(${asked}::text) AS form, ${ids} AS ids`),
  )
  return found ?? { form: '', ids: null }
}
