import { mentions } from '@/lib/kernel/rows/search'
import { name, type Sql, sql, type Value } from '@/lib/kernel/rows/sql'
import type { RowTable } from '@/lib/kernel/rows/table'

const isValue = (value: unknown): value is Value =>
  ['string', 'number', 'boolean'].includes(typeof value) || value instanceof Date

/**
 * The conditions of a list's filters, on the row `t`.
 * @param given the filters that the caller named, by the names of the contract
 */
export function narrowed({ filters, ownFilters }: RowTable, given: Record<string, unknown>): Sql[] {
  return Object.entries(given).flatMap(([key, value]) => {
    const filter = filters[key]
    if (value === undefined) return []
    if (!filter || !isValue(value)) throw new Error(`The list has no filter ${key}.`)
    const column = sql`t.${name(filter.column ?? key)}`
    if (filter.keeps === 'equal') return [sql`${column} = ${value}`]
    if (filter.keeps === 'later') return [sql`${column} > ${value}`]
    if (filter.keeps === 'earlier') return [sql`${column} < ${value}`]
    if (filter.keeps === 'mentioning') return [mentions(String(value), column)]
    const own = ownFilters[key]
    if (!own) throw new Error(`The filter ${key} has no SQL.`)
    return [own(String(value))]
  })
}

/** Whether one plan suits every value: a text that is looked for wants a plan of its own. */
export function isPlain({ filters }: RowTable, given: Record<string, unknown>): boolean {
  const named = Object.keys(given).filter((key) => given[key] !== undefined)
  return named.length <= 1 && named.every((key) => ['equal', 'later', 'earlier'].includes(filters[key]?.keeps ?? ''))
}
