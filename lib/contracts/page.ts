import { z } from 'zod'

const MAX_PAGE = 100
const DEFAULT_PAGE = 25

/** Query fields of every list. `limit` arrives as text. */
export const pageQuery = {
  limit: z
    .string()
    .regex(/^\d{1,3}$/, `A whole number from 1 to ${MAX_PAGE}.`)
    .transform(Number)
    .pipe(z.int().min(1, `At least 1.`).max(MAX_PAGE, `At most ${MAX_PAGE}.`))
    .default(DEFAULT_PAGE)
    .meta({ type: 'integer', minimum: 1, maximum: MAX_PAGE, default: DEFAULT_PAGE, example: DEFAULT_PAGE }),
  cursor: z.string().min(1).max(2_000).optional().meta({ description: '`next_cursor` of the page before.' }),
}

export type Direction = 'asc' | 'desc'
export type SortKey<Field extends string> = { field: Field; direction: Direction }

/**
 * `sort=-created_at,email`: fields from `fields`, a minus for descending, each at most once.
 * Every field must be indexed behind the tenant and never null, or pages would skip rows.
 */
export const sortQuery = <const Field extends string>(
  fields: readonly [Field, ...Field[]],
  fallback: Field | `-${Field}`,
) => {
  const known = (name: string): name is Field => fields.some((field) => field === name)
  return z
    .string()
    .default(fallback)
    .transform((value, issues): SortKey<Field>[] => {
      const keys = value.split(',').flatMap((part): SortKey<Field>[] => {
        const name = part.startsWith('-') ? part.slice(1) : part
        if (!known(name)) return []
        return [{ field: name, direction: part.startsWith('-') ? 'desc' : 'asc' }]
      })
      const distinct = new Set(keys.map((key) => key.field)).size
      if (distinct !== value.split(',').length) {
        issues.addIssue({ code: 'custom', message: `Sort by ${fields.join(', ')}; a minus before one reverses it.` })
      }
      return keys
    })
    .meta({
      type: 'string',
      default: fallback,
      example: fallback,
      description: `${fields.map((field) => `\`${field}\``).join(', ')}; a minus before one reverses it.`,
    })
}

/** The reply of every list. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    data: z.array(item),
    has_more: z.boolean(),
    next_cursor: z
      .string()
      .nullable()
      .meta({ description: 'Send it as `cursor` to get the next page; null: the last.' }),
  })

/** The reply of a list that can be searched. */
export const searchedPageOf = <Item extends z.ZodType>(item: Item) =>
  pageOf(item).extend({
    incomplete: z.literal(true).optional().meta({
      description:
        'Only where a search, or a list that is narrowed in several ways, ended before the page was full: it has looked at thousands of rows. `next_cursor` goes on behind them.',
    }),
  })

export type Page<Item> = { data: Item[]; has_more: boolean; next_cursor: string | null }
