import { z } from 'zod'
import { type FieldError, notFound, validationFailed } from '@/lib/base/errors'
import type { SortKey } from '@/lib/contracts/page'
import {
  type FullContext,
  type Order,
  own,
  type PageQuery,
  paged,
  type RowTable,
  type Sql,
  sql,
} from '@/lib/kernel/rows/kit'
import type { ProjectField } from '@/lib/resources/projects/contract'
import { unfit } from '@/lib/resources/projects/records/fit'
import { records } from '@/lib/resources/projects/records/write'

/** The columns of the slots, each behind the tenant and the project in an index, with the age of the record behind it. */
const SLOTS = [sql`t.key_1`, sql`t.key_2`, sql`t.key_3`, sql`t.key_4`, sql`t.key_5`]

/** Behind the keys of all values. */
const NO_VALUE = '1'

type Indexed = ProjectField & { column: Sql }

/** The fields that lists can be narrowed and sorted by, by the names that they have in a query: `data.stage`. */
type ByName = Map<string, Indexed>

async function indexedFields(ctx: FullContext, project_id: string): Promise<ByName> {
  const [project] = await own<{ fields: ProjectField[]; slots: string[] }>(
    ctx,
    (mine) => sql`SELECT t.fields, t.slots FROM projects t WHERE ${mine('t')} AND t.id = ${project_id}::uuid`,
  )
  if (!project) throw notFound('project')
  return new Map(
    project.fields.flatMap((field) => {
      const column = SLOTS[project.slots.indexOf(field.key)]
      return column ? [[`data.${field.key}`, { ...field, column }] as const] : []
    }),
  )
}

/** What `record_key` makes of a value is what the column has of it. */
const keyOf = (value: unknown) => sql`record_key(${JSON.stringify(value)}::jsonb)`

const BOOLEANS = new Map([
  ['true', true],
  ['false', false],
])

/** A value as a query writes it; what is none of the field is left as it is. */
function read({ type }: ProjectField, written: string): string | number | boolean {
  if (type === 'boolean') return BOOLEANS.get(written) ?? written
  if (type === 'contact') return written.toLowerCase()
  if (type !== 'number') return written.normalize()
  const number = Number(written)
  return /^\S+$/.test(written) && Number.isFinite(number) ? number : written
}

type Bound = 'is' | 'from' | 'to'

const CONDITIONS: Record<Bound, (column: Sql, key: Sql) => Sql> = {
  is: (column, key) => sql`${column} = ${key}`,
  from: (column, key) => sql`${column} >= ${key} AND ${column} < ${NO_VALUE}`,
  to: (column, key) => sql`${column} <= ${key}`,
}

/** The condition is this module's. */
const OWN = { schema: z.string(), keeps: 'own' as const }

const NAME = /^(data\.\w+)(?:\.(from|to))?$/

const namesOf = (fields: ByName) =>
  fields.size === 0 ? 'This project has no indexed fields.' : `Those that are: ${[...fields.keys()].join(', ')}.`

/** What a filter keeps, or what is wrong with it. */
function readFilter(fields: ByName, name: string, written: string): Sql | string {
  const [, path = '', end] = NAME.exec(name) ?? []
  const field = fields.get(path)
  if (!field) return `This is no indexed field. ${namesOf(fields)}`
  const bound: Bound = end === 'from' || end === 'to' ? end : 'is'
  if (bound !== 'is' && field.type !== 'number' && field.type !== 'date') return 'Only numbers and days have bounds.'
  if (bound === 'is' && written === '') return sql`${field.column} = ${NO_VALUE}`
  const value = read(field, written)
  return unfit(field, value) ?? CONDITIONS[bound](field.column, keyOf(value))
}

const orderOf = ({ key, column }: Indexed): Order => ({
  column,
  placeOf: ({ data }) => JSON.stringify(Object(data)[key] ?? null),
  at: (place) => sql`record_key(${place}::jsonb)`,
})

/** The sort as an index has it: records that are alike in a field are in the order of their age, as the field is. */
const completedSort = (sort: SortKey<string>[]): SortKey<string>[] =>
  sort.flatMap((key) => (isOfData(key.field) ? [key, { field: 'created_at', direction: key.direction }] : [key]))

const isOfData = (name: string) => name.startsWith('data.')

type Query = Omit<PageQuery, 'sort'> & { sort: SortKey<string>[] } & Record<string, unknown>

/** The table as this query asks for it: filters and orders are those of the project. */
function tableFor(fields: ByName, query: Query): RowTable {
  const errors: FieldError[] = []
  const named = Object.entries(query).filter((pair): pair is [string, string] => isOfData(pair[0]))
  const kept = named.flatMap(([name, written]) => {
    const condition = readFilter(fields, name, written)
    if (typeof condition !== 'string') return [[name, condition] as const]
    errors.push({ path: name, message: condition })
    return []
  })
  const sorted = query.sort.find(({ field }) => isOfData(field))?.field
  const order = sorted === undefined ? undefined : fields.get(sorted)
  if (sorted !== undefined && !order) {
    errors.push({ path: 'sort', message: `${sorted} is no indexed field. ${namesOf(fields)}` })
  }
  if (errors.length > 0) throw validationFailed(errors)
  return {
    ...records,
    // Only where no key is null is the index known to have all rows of the project.
    source: order ? sql`(SELECT * FROM records t WHERE ${order.column} IS NOT NULL)` : records.source,
    filters: { ...records.filters, ...Object.fromEntries(kept.map(([name]) => [name, OWN])) },
    ownFilters: Object.fromEntries(kept.map(([name, condition]) => [name, () => condition])),
    orders: Object.fromEntries([...fields].map(([name, field]) => [name, orderOf(field)])),
  }
}

/**
 * A page of the records of a project.
 * @throws DomainError not_found; validation_failed for a filter or a sort by what is no indexed field; invalid_cursor
 */
export async function listRecords(ctx: FullContext, project_id: string, query: Query) {
  const named = [...Object.keys(query), ...query.sort.map(({ field }) => field)]
  if (!named.some(isOfData)) return paged(ctx, records, query, { project_id })
  const rows = tableFor(await indexedFields(ctx, project_id), query)
  // In one order, however they are sent: a cursor is of what is asked.
  const asked = Object.fromEntries(Object.entries(query).toSorted(([one], [other]) => (one < other ? -1 : 1)))
  return paged(
    ctx,
    rows,
    { ...asked, limit: query.limit, cursor: query.cursor, sort: completedSort(query.sort) },
    { project_id },
  )
}
