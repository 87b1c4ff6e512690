import { z } from 'zod'
import { DAY_MS } from '@/lib/base/time'
import { type JsonSchema, wireSchema } from '@/lib/http/api/openapi/schemas'
import { RARE_WORD } from '../data/resource-rows'

/** How a list can be asked, drawn from the schemas of its query and its reply. */

/** A filter with its value; null: one that a row of the list has. */
type Filtered = { name: string; value: string | null }
export type Query = { filter?: Filtered; sort?: string; limit?: string; deep?: boolean }

/** What searches find hard: two letters and three that stand nowhere, one that stands everywhere, a word in the oldest tenth, wildcards. */
const TEXTS = ['qx', 'zqj', 'a', RARE_WORD, '%%%', 'person-1', 'lk_live_']

/** Of what is not free text: the schema says which of them it takes. */
const OTHERS = [
  ...['2000-01-01T00:00:00Z', new Date(Date.now() - 30 * DAY_MS).toISOString(), '2999-01-01T00:00:00Z'],
  new Date(Date.now() - 30 * DAY_MS).toISOString().slice(0, 10),
  'nobody@nowhere.example',
  'nowhere.example',
  // A SHA-256.
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '00000000-0000-7000-8000-000000000000',
]

function resolve(schema: JsonSchema, components: Map<string, JsonSchema>): JsonSchema {
  const named = schema.$ref && components.get(schema.$ref.split('/').at(-1) ?? '')
  return named ? resolve(named, components) : schema
}

function drawn(schema: z.ZodType): JsonSchema {
  const components = new Map<string, JsonSchema>()
  return resolve(wireSchema(schema, components), components)
}

/** The fields of a list's rows that are one value: no filter is asked for an object. */
function fieldsOf(reply: z.ZodType): string[] {
  const components = new Map<string, JsonSchema>()
  const data = resolve(wireSchema(reply, components), components).properties?.data
  const items = typeof data === 'object' ? data.items : undefined
  if (typeof items !== 'object' || Array.isArray(items)) return []
  const properties = Object.entries(resolve(items, components).properties ?? {})
  return properties.flatMap(([name, field]) => (isOneValue(field, components) ? [name] : []))
}

function isOneValue(field: JsonSchema | boolean, components: Map<string, JsonSchema>): boolean {
  if (typeof field === 'boolean') return true
  const { type, anyOf = [] } = resolve(field, components)
  return type !== 'object' && anyOf.every((one) => isOneValue(one, components))
}

/** @param shown whether the rows of the list show it */
function valuesOf(schema: z.ZodType, shown: boolean): (string | null)[] {
  const { enum: choices, const: only } = drawn(schema)
  if (choices) return choices.map(String)
  if (only !== undefined) return [String(only)]
  const takes = (value: string) => schema.safeParse(value).success
  const values = takes('%%%') ? TEXTS : OTHERS.filter(takes)
  return shown ? [...values, null] : values
}

/** What a list can be sorted by, both ways, and by two fields that run against each other. */
function sortsOf(sort: z.ZodType | undefined, shown: string[]): { single: string[]; pairs: string[] } {
  const fields = sort ? shown.filter((field) => sort.safeParse(field).success) : []
  return {
    single: fields.flatMap((field) => [field, `-${field}`]),
    pairs: fields.flatMap((first) => fields.flatMap((then) => (then === first ? [] : [`${first},-${then}`]))),
  }
}

/** Every way to ask a list: plainly, by each value of each filter, in each order, each of those in each order, and far on. */
export function queriesOf(query: z.ZodType | undefined, reply: z.ZodType | null): Query[] {
  if (!(query instanceof z.ZodObject)) return [{}]
  const { limit, cursor, sort, ...filters } = query.shape
  // What is no list has no rows to take values from.
  const shown = limit && reply ? fieldsOf(reply) : []
  const filtered = Object.entries(filters).flatMap(([name, schema]) =>
    valuesOf(schema, shown.includes(name)).map((value): Filtered => ({ name, value })),
  )
  const { single, pairs } = sortsOf(sort, shown)
  return [
    {},
    ...(limit ? [{ limit: '100' }] : []),
    ...(cursor ? [{ deep: true }, ...single.map((sort) => ({ sort, deep: true }))] : []),
    ...[...single, ...pairs].map((sort) => ({ sort })),
    ...filtered.flatMap((filter) => [{ filter }, ...single.map((sort) => ({ filter, sort }))]),
  ]
}

/** As a reader of the table sees it. */
export function describeQuery({ filter, sort, limit, deep }: Query): string {
  const parts = [
    filter && `${filter.name}=${filter.value?.replace(/T[\d:.]+Z$/, '') ?? '…'}`,
    sort && `sort=${sort}`,
    limit && `limit=${limit}`,
    deep && 'cursor=…',
  ].filter(Boolean)
  return parts.length > 0 ? `?${parts.join('&')}` : ''
}
