import { z } from 'zod'
import { pageQuery, sortQuery } from '@/lib/contracts/page'
import type { Fields } from '@/lib/contracts/rows/field'
import type { Filters } from '@/lib/contracts/rows/filter'

/** What happens to what: `lead.created`. */
export type ActivityType = `${string}.${string}`

/** A step from one state to another. */
export type Move = {
  from: readonly string[]
  to: string
  /** The column that takes the instant of the move. */
  stamp?: string
  /** The column of an earlier move's instant, which holds no longer. */
  unstamp?: string
  activity: ActivityType
  /** What the activity tells beside the facts. */
  data?: Record<string, unknown>
  /** The row after it, as the reply is described: `The completed task.` */
  after: string
}

type States = { field: string; moves: Record<string, Move> }

/** What no two rows of a tenant have in common. */
type Unique = { columns: readonly string[]; told: string }

/** What a change appends to the activities. */
type Told = {
  create?: ActivityType
  change?: ActivityType
  remove?: ActivityType
  /** The column whose contact's history it belongs to. */
  contact?: string
  /** Columns that the activity repeats, by the names that they have there. */
  facts?: Record<string, string>
}

/** The activities of rows that are created, changed and deleted. @param subject `contact_list` */
export const lifeOf = (subject: string) => ({
  subject,
  create: `${subject}.created` as const,
  change: `${subject}.updated` as const,
  remove: `${subject}.deleted` as const,
})

/** A parent: the column that names it, and its table. */
type Within = { column: string; table: string; one: string }

/** Fields that callers may sort by; undefined: they may not. */
type Sorts = readonly [string, ...string[]] | undefined

/** What rows are called. All of it follows from `one`; what does not is said apart. */
type Names = {
  /** As refusals call one: `contact list`. */
  one: string
  /** As headings call them: `contact lists`. */
  many: string
  /** `contact_lists` */
  table: string
  /** The path of the collection: `/contact_lists`. */
  at: `/${string}`
  /** The schema's name in OpenAPI: `ContactList`. */
  schema: string
}

/** What a resource's rows are, said once: the schemas of replies, bodies and queries are drawn from it. */
export type Definition<F extends Fields, Q extends Filters, S extends Sorts> = Partial<Names> & {
  one: string
  /** The same with its article, where the first letter misleads. */
  a?: string
  /** As replies call one, where that is shorter. */
  short?: string
  fields: F
  filters: Q
  /** Fields that callers may sort by: indexed behind the tenant, never null. */
  sorts?: S
  /**
   * The order where the caller names none: a field, a minus before it for descending. Where it is not said, the first of
   * `sorts`, descending; without those, the newest ids first.
   */
  sort?: string
  unique?: readonly Unique[]
  states?: States
  /** The kind of the activities' subject, the column of its id where it is another row, and the types. */
  activities?: Told & { subject: string; subject_id?: string }
  within?: Within
  /** Part of a reply comes from other rows, whose changes do not raise this one's version. */
  derived?: boolean
}

/** A definition as the kernel reads it, whatever its fields. */
export type AnyRows = Definition<Fields, Filters, Sorts> & Names & Drawn

type Drawn = { row: z.ZodType; createBody: z.ZodType; patchBody: z.ZodType; query: z.ZodObject }

type ShapeOf<F extends Fields, Side extends 'shown' | 'create' | 'patch'> = {
  [Name in keyof F as F[Name][Side] extends z.ZodType ? Name : never]: F[Name][Side] extends z.ZodType
    ? F[Name][Side]
    : never
}

type AllOptional<Shape extends z.ZodRawShape> = { [Name in keyof Shape]: z.ZodOptional<Shape[Name]> }

type QueryShape<Q extends Filters, S extends Sorts> = typeof pageQuery & {
  [Name in keyof Q]: Q[Name]['schema']
} & (S extends readonly [string, ...string[]] ? { sort: ReturnType<typeof sortQuery<S[number]>> } : unknown)

export type Rows<F extends Fields, Q extends Filters, S extends Sorts> = Definition<F, Q, S> &
  Names & {
    /** One row, as replies show it. */
    row: z.ZodObject<ShapeOf<F, 'shown'>>
    createBody: z.ZodObject<ShapeOf<F, 'create'>, z.core.$strict>
    patchBody: z.ZodObject<AllOptional<ShapeOf<F, 'patch'>>, z.core.$strict>
    query: z.ZodObject<QueryShape<Q, S>, z.core.$strict>
  }

function shapeOf(fields: Fields, side: 'shown' | 'create' | 'patch'): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      const schema = field[side]
      return schema ? [[name, schema] as const] : []
    }),
  )
}

function namesOf({ one, many = `${one}s`, ...said }: Partial<Names> & { one: string }): Names {
  const table = said.table ?? many.replaceAll(' ', '_')
  const schema = one.replace(/(?:^| )(\w)/g, (_, letter: string) => letter.toUpperCase())
  return { one, many, table, at: said.at ?? `/${table}`, schema: said.schema ?? schema }
}

/** Draws the names and the schemas of a resource's rows from their definition. */
export function defineRows<F extends Fields, Q extends Filters, const S extends Sorts = undefined>(
  definition: Definition<F, Q, S>,
): Rows<F, Q, S>
export function defineRows(definition: Definition<Fields, Filters, Sorts>): AnyRows {
  const { fields, filters, sorts, sort = sorts && `-${sorts[0]}` } = definition
  const names = namesOf(definition)
  const narrowed = Object.entries(filters).map(([name, filter]) => [name, filter.schema] as const)
  const sorted = sorts && { sort: sortQuery(sorts, sort ?? sorts[0]) }
  return {
    ...definition,
    ...names,
    sort,
    row: z.object(shapeOf(fields, 'shown')).meta({ id: names.schema }),
    createBody: z.strictObject(shapeOf(fields, 'create')),
    patchBody: z.strictObject(shapeOf(fields, 'patch')).partial(),
    query: z.strictObject({ ...pageQuery, ...Object.fromEntries(narrowed), ...sorted }),
  }
}
