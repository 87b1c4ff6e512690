import type pg from 'pg'
import { type Size, type Sizes, sizeOf } from '../sizes'

/**
 * Rows are numbered: the tenant (0 is the one that is measured) and, within it, `n`, of which 0 is the newest. Id and age
 * follow from the numbers, so that one row can name another without looking for it. As in life the ids are in the order
 * of time, and so are the rows of all tenants together.
 */
export const FUNCTIONS = `
  CREATE FUNCTION pg_temp.came_at(n int, size int) RETURNS timestamptz LANGUAGE sql STABLE
  RETURN now() - interval '1 hour' - make_interval(secs => n * (2 * 365 * 86400::float8 / size));

  CREATE FUNCTION pg_temp.id_of(kind text, tenant int, n int, size int) RETURNS uuid LANGUAGE sql STABLE
  RETURN (
    lpad(to_hex((extract(epoch FROM pg_temp.came_at(n, size)) * 1000)::bigint), 12, '0')
    || '7' || left(md5(concat_ws('/', kind, tenant, n)), 3)
    || '8' || right(md5(concat_ws('/', kind, tenant, n)), 15)
  )::uuid;`

/** How many rows of a table the tenant of the row has. */
const sizeIn = ({ measured, other }: Size) =>
  measured === other ? `${other}` : `CASE tenant WHEN 0 THEN ${measured} ELSE ${other} END`

/** The id of the `n`th row of a table, of the same tenant. @param n an expression, which is taken modulo their number */
export const idOf = (sizes: Sizes, table: string, n: string): string => {
  const size = sizeIn(sizeOf(sizes, table))
  return `pg_temp.id_of('${table}', tenant, (${n}) % (${size}), ${size})`
}

/** The tenant itself. */
export const organizationId = ({ organizations }: Sizes) =>
  `pg_temp.id_of('organizations', 0, tenant, ${organizations})`

/** A row of a parent of which ten have the half of all rows among them. What belongs together is in one environment. */
export const unevenly = 'CASE (n / 10) % 2 WHEN 0 THEN n % 10 ELSE n END'

export const CAME_AT = 'pg_temp.came_at(n, size)'
/** Every tenth row stands in the sandbox. */
export const ENVIRONMENT = `(CASE n % 10 WHEN 9 THEN 'test' ELSE 'live' END)::environment`

/** The rows of all tenants, the oldest first: `tenant`, `n`, `size`. */
export function numbered({ organizations }: Sizes, { measured, other }: Size): string {
  return `(
    SELECT tenant, n, size FROM (
      SELECT 0 AS tenant, n, ${measured} AS size FROM generate_series(0, ${measured - 1}) n
      UNION ALL
      SELECT tenant, n, ${other} FROM generate_series(1, ${organizations - 1}) tenant, generate_series(0, ${other - 1}) n
    ) every ORDER BY n::float8 / size DESC, tenant
  ) numbered`
}

type Column = { name: string; type: string; nullable: boolean; defaulted: boolean; choices: string[] | null }

/** What can be written of a table; empty where there is no such table. */
export async function columnsOf(client: pg.ClientBase, table: string): Promise<Column[]> {
  const { rows } = await client.query<Column>(
    `SELECT attname AS name, format_type(atttypid, NULL) AS type, NOT attnotnull AS nullable, atthasdef AS defaulted,
       (SELECT array_agg(enumlabel::text ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = atttypid) AS choices
     FROM pg_attribute
     WHERE attrelid = to_regclass('public.' || quote_ident($1)) AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
     ORDER BY attnum`,
    [table],
  )
  return rows
}

/**
 * Inserts one row for each of `from`. A table, or a column, that a deployment has not got is left out.
 * @param values an expression for each column
 * @returns how many
 */
export async function insert(
  client: pg.ClientBase,
  table: string,
  values: Record<string, string>,
  from: string,
): Promise<number> {
  const known = new Set((await columnsOf(client, table)).map(({ name }) => name))
  const written = Object.entries(values).filter(([name]) => known.has(name))
  if (written.length === 0) return 0
  const names = written.map(([name]) => `"${name}"`).join(', ')
  const expressions = written.map(([, expression]) => expression).join(', ')
  const { rowCount } = await client.query(`INSERT INTO "${table}" (${names}) SELECT ${expressions} FROM ${from}`)
  return rowCount ?? 0
}
