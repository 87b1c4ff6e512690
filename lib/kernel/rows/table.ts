import type { AnyRows } from '@/lib/contracts/rows/define'
import type { RowContext } from '@/lib/kernel/rows/context'
import type { Sought } from '@/lib/kernel/rows/search'
import { join, name, type Sql, sql, type Value } from '@/lib/kernel/rows/sql'

type Extras = {
  /** Shown fields that are no columns of their own, from the row `t`. */
  shown?: Record<string, Sql>
  /** Filters that the contract leaves to SQL: a condition on the row `t`, or what is looked for. */
  filters?: Record<string, (value: string) => Sql | Sought>
  /** What lists and single rows are read from instead of the table, with the same names. */
  from?: Sql
  /** Columns that callers cannot say and the verb gives at a creation. */
  given?: readonly string[]
}

/** A definition with what SQL must know beside it. */
export type RowTable = AnyRows & {
  /** The fields of a reply, from the row `t`. */
  shown: Sql
  /** The reply of the row `t`, as text. */
  json: Sql
  source: Sql
  /**
   * True of every row `t`, and dear to the planner, whose statistics are of all tenants: it takes the way that visits the
   * fewest rows. Not where rows are read from several tables: beside it nothing that is done for a row would count.
   */
  visited: Sql
  /** The columns that a creation fills from its body. */
  creatable: readonly string[]
  /** The columns that a patch may fill, but for those into which it is merged. */
  patchable: readonly string[]
  merged: readonly { field: string; most: number }[]
  /** The column of the last change, where there is one. */
  touched: readonly string[]
  /** What a new row has where nothing is said. */
  initial: Record<string, unknown>
  ownFilters: Record<string, (value: string) => Sql | Sought>
}

const INSTANT = sql`'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`

/** ISO 8601 in UTC, as the API writes every instant. */
const writtenInstant = (column: Sql) => sql`to_char(${column} AT TIME ZONE 'UTC', ${INSTANT})`

function shownFields({ fields }: AnyRows, special: Record<string, Sql> = {}): Sql {
  const columns = Object.entries(fields).flatMap(([field, { shown, wire }]) => {
    if (!shown) return []
    const column = sql`t.${name(field)}`
    return [sql`${special[field] ?? (wire === 'instant' ? writtenInstant(column) : column)} AS ${name(field)}`]
  })
  return join(columns, ', ')
}

/** Makes a resource's rows known to the kernel; the parts of its statements are drawn here, once. */
export function table(rows: AnyRows, { shown: special, filters = {}, from, given = [] }: Extras = {}): RowTable {
  const shown = shownFields(rows, special)
  const fields = Object.entries(rows.fields).filter(([, { apart }]) => !apart)
  const parent = rows.within ? [rows.within.column] : []
  return {
    ...rows,
    shown,
    json: sql`(SELECT row_to_json(shown)::text FROM (SELECT ${shown}) shown)`,
    source: from ?? name(rows.table),
    visited: from ? sql`true` : sql`by_index(t.id)`,
    creatable: [...parent, ...given, ...fields.flatMap(([field, { create }]) => (create ? [field] : []))],
    patchable: fields.flatMap(([field, { patch, merged }]) => (patch && !merged ? [field] : [])),
    merged: fields.flatMap(([field, { merged }]) => (merged ? [{ field, ...merged }] : [])),
    touched: 'updated_at' in rows.fields ? ['updated_at'] : [],
    initial: Object.fromEntries(
      fields.flatMap(([field, { initial }]) => (initial === undefined ? [] : [[field, initial]])),
    ),
    ownFilters: filters,
  }
}

/** The row `t` is the tenant's: stands in every statement. */
export const ofTenant = ({ tenant }: Pick<RowContext, 'tenant'>, t: Sql = name('t')) =>
  sql`${t}.organization_id = ${tenant.organization_id}::uuid AND ${t}.environment = ${tenant.environment}::environment`

/** Columns that must have these values: the row's own id, its parent's. */
export type Having = Record<string, Value>

export const having = (columns: Having, t: Sql = name('t')) =>
  join(
    Object.entries(columns).map(([column, value]) => sql`${t}.${name(column)} = ${value}`),
    ' AND ',
  )
