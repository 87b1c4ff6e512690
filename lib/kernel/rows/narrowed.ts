import type { SortKey } from '@/lib/contracts/page'
import { mentions, type Sought } from '@/lib/kernel/rows/search'
import { name, Sql, sql, type Value } from '@/lib/kernel/rows/sql'
import type { RowTable } from '@/lib/kernel/rows/table'

const isValue = (value: unknown): value is Value =>
  ['string', 'number', 'boolean'].includes(typeof value) || value instanceof Date

type Narrowed = {
  /** Conditions on the row `t` that an index serves in the order of the list. */
  conditions: Sql[]
  sought: Sought[]
  /** One row at most meets them. */
  one: boolean
}

/**
 * What a list's filters ask of the row `t`.
 * @param given the filters that the caller named, by the names of the contract
 * @param sort the order of the list
 */
export function narrowed(rows: RowTable, given: Record<string, unknown>, [first]: SortKey<string>[]): Narrowed {
  const named = Object.keys(given).filter((key) => given[key] !== undefined)
  const asked = named.map((key) => asks(rows, key, given[key]))
  const implied = first?.field === 'updated_at' ? named.flatMap((key) => impliedBy(rows, key, given[key])) : []
  return {
    conditions: [...asked.filter((one) => one instanceof Sql), ...implied],
    sought: asked.filter((one): one is Sought => !(one instanceof Sql)),
    one: named.some((key) => rows.filters[key]?.one),
  }
}

/** What was created later was changed later: said plainly, the index of the last changes begins there. */
function impliedBy({ filters }: RowTable, key: string, value: unknown): Sql[] {
  const filter = filters[key]
  const late = filter?.keeps === 'later' && filter.column === 'created_at' && isValue(value)
  return late ? [sql`t.updated_at > ${value}`] : []
}

function asks({ filters, ownFilters }: RowTable, key: string, value: unknown): Sql | Sought {
  const filter = filters[key]
  if (!filter || !isValue(value)) throw new Error(`The list has no filter ${key}.`)
  const column = sql`t.${name(filter.column ?? key)}`
  if (filter.keeps === 'equal') return sql`${column} = ${value}`
  if (filter.keeps === 'later') return sql`${column} > ${value}`
  if (filter.keeps === 'earlier') return sql`${column} < ${value}`
  if (filter.keeps === 'mentioning') return mentions(String(value))
  const own = ownFilters[key]
  if (!own) throw new Error(`The filter ${key} has no SQL.`)
  return own(String(value))
}

/** Whether one plan suits every value: a text that is looked for wants a plan of its own. */
export function isPlain({ filters }: RowTable, given: Record<string, unknown>): boolean {
  const named = Object.keys(given).filter((key) => given[key] !== undefined)
  return named.length <= 1 && named.every((key) => ['equal', 'later', 'earlier'].includes(filters[key]?.keeps ?? ''))
}
