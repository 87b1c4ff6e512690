import { z } from 'zod'
import { CURRENCIES } from '@/lib/contracts/currencies'
import { customFields, customFieldsPatch } from '@/lib/contracts/custom-fields'
import { email as emailText, id as idText, instant, label, text } from '@/lib/contracts/fields'
import { hostName } from '@/lib/contracts/host-name'
import { linkedinUrl } from '@/lib/contracts/linkedin-url'

/** What a field holds: how callers write it, and how replies show it. */
export type Kind<Input extends z.ZodType = z.ZodType, Shown extends z.ZodType = z.ZodType> = {
  input: Input
  shown: Shown
  /** Instants have a form of their own on the wire; everything else is written by Postgres as it is. */
  wire?: 'instant'
}

/** The other end of a reference, and what becomes of this row when that goes. */
export type Reference = {
  table: string
  /** Where the other rows are listed: `/contacts`. */
  collection: `/${string}`
  /** As a refusal calls one: `contact`. */
  one: string
  /** The column that holds the id; `id` where absent. */
  column?: string
  /** The same rows in both environments. */
  shared?: boolean
  /** `clear`: the reference becomes null; `refuse`: the other end stays, `in_use`; `cascade`: this row goes too. */
  gone: 'clear' | 'refuse' | 'cascade'
}

/** A field of a row: a column, named as on the wire. */
export type RowField<
  Shown extends z.ZodType | null = z.ZodType | null,
  Create extends z.ZodType | null = z.ZodType | null,
  Patch extends z.ZodType | null = z.ZodType | null,
> = {
  /** In replies; null: they do not show it. */
  shown: Shown
  /** In the body of a creation; null: callers cannot say it. */
  create: Create
  /** In the body of a patch; null: it stays as it was created. */
  patch: Patch
  wire?: 'instant' | undefined
  /** What a new row has where the creation does not say. */
  initial?: string | number | boolean | readonly string[] | Record<string, never>
  /** A patch is merged into what is there (RFC 7396), up to this many members. */
  merged?: { most: number }
  reference?: Reference
  /** Kept in other rows, which the verb writes: no column. */
  apart?: boolean
}

export type Fields = Record<string, RowField>

type Meta = { example?: unknown; description?: string }

/** One line that people read: a name, a title. */
export const line = (max: number) => ({ input: label(max), shown: z.string() })
/** Text of any form, kept composed (NFC). */
export const prose = (max: number) => ({ input: text(max).normalize(), shown: z.string() })
export const emailField = () => ({ input: emailText(), shown: z.string() })
export const domain = () => ({ input: hostName(), shown: z.string() })
export const linkedin = () => ({ input: linkedinUrl(), shown: z.string() })
export const moment = () => ({ input: instant(), shown: instant(), wire: 'instant' as const })
/** A day without a time: `2027-01-31`. */
export const day = () => {
  const date = z.iso
    .date({ error: 'A day, like 2027-01-31.', abort: true })
    // The calendar of Postgres has no year 0.
    .refine((value) => value >= '0001', { error: 'A day from 0001-01-01 on.', abort: true })
  return { input: date, shown: date }
}
/** More than any price, and so little that a million of them add up in 64 bits. */
const MOST_MINOR_UNITS = 1_000_000_000_000

/** An amount of money in the smallest unit of its currency, which is a field of its own. */
export const minorUnits = () => {
  const amount = z
    .int('A whole number of the smallest unit.')
    .min(0, 'At least 0.')
    .max(MOST_MINOR_UNITS, `At most ${MOST_MINOR_UNITS.toLocaleString('en')}.`)
  return { input: amount, shown: amount }
}
/** ISO 4217. What was kept in a currency that is gone since is shown all the same. */
export const currency = () => {
  const code = z.string().regex(/^[A-Z]{3}$/, 'Three capitals of ISO 4217, like EUR.')
  const input = code.refine((value) => CURRENCIES.has(value), {
    error: 'A currency of ISO 4217, like EUR.',
    when: ({ issues }) => issues.length === 0,
  })
  return { input, shown: code }
}
/** How many rows stand behind this one. */
export const count = (description: string) => {
  const number = z.int().meta({ description })
  return { input: number, shown: number }
}
export const choice = <const Value extends string>(values: readonly [Value, ...Value[]]) => {
  const schema = z.enum(values)
  return { input: schema, shown: schema }
}

/** A word that rows are marked with, the same in upper and lower case. */
export const tag = () => label(50).toLowerCase()

/** The words that a row is marked with. */
export const tags = (most: number) => {
  const input = z
    .array(tag())
    .max(most, `At most ${most} tags.`)
    .refine((all) => new Set(all).size === all.length, 'Each tag once.')
  return { input, shown: z.array(z.string()) }
}

/** What may be missing, where callers do not write it. */
export const perhaps = <Input extends z.ZodType, Shown extends z.ZodType>({ shown, ...kind }: Kind<Input, Shown>) => ({
  ...kind,
  shown: shown.nullable(),
})

/** A creation must say it; a patch may change it. */
export const required = <Input extends z.ZodType, Shown extends z.ZodType>(
  { input, shown, wire }: Kind<Input, Shown>,
  meta: Meta = {},
): RowField<Shown, Input, Input> => {
  const schema = input.meta(meta)
  return { shown, create: schema, patch: schema, wire }
}

/** May be absent or null; null clears it. */
export const optional = <Input extends z.ZodType, Shown extends z.ZodType>(
  { input, shown, wire }: Kind<Input, Shown>,
  meta: Meta = {},
): RowField<z.ZodNullable<Shown>, Written<Input>, Written<Input>> => {
  const schema = input.nullable().optional().meta(meta)
  return { shown: shown.nullable(), create: schema, patch: schema, wire }
}

type Written<Input extends z.ZodType> = z.ZodOptional<z.ZodNullable<Input>>

/** Never null: where the creation does not say it, it is `initial`. */
export const initially = <Input extends z.ZodType, Shown extends z.ZodType>(
  { input, shown, wire }: Kind<Input, Shown>,
  initial: string | number | boolean | readonly string[],
  meta: Meta = {},
): RowField<Shown, z.ZodOptional<Input>, z.ZodOptional<Input>> => {
  const schema = input.optional().meta(meta)
  return { shown, create: schema, patch: schema, wire, initial }
}

/** As it was created for good. */
export const fixed = <Shown extends z.ZodType | null, Create extends z.ZodType | null>(
  field: RowField<Shown, Create>,
): RowField<Shown, Create, null> => ({ ...field, patch: null })

/** Kept in other rows: the verbs write it, and the table says how it is shown. */
export const apart = <Input extends z.ZodType, Shown extends z.ZodType>({ input, shown }: Kind<Input, Shown>) => ({
  shown,
  create: input,
  patch: input,
  apart: true,
})

/** Kept by the product, for callers to see. */
export const kept = <Shown extends z.ZodType>({
  shown,
  wire,
}: Kind<z.ZodType, Shown>): RowField<Shown, null, null> => ({
  shown,
  create: null,
  patch: null,
  wire,
})

export const idKind = () => ({ input: idText(), shown: idText() })
export const idField = () => kept(idKind())

/** What only replies have: whatever the schema says. */
export const shownAs = <Schema extends z.ZodType>(schema: Schema) => kept({ input: schema, shown: schema })

/** A reply that is no row, or no row alone, by its name in OpenAPI. */
export const named = <Shape extends z.ZodRawShape>(name: string, shape: Shape) => z.object(shape).meta({ id: name })

/** When the row came, and when it changed last. */
export const stamps = () => ({ created_at: kept(moment()), updated_at: kept(moment()) })

type ReferenceTo = Omit<Reference, 'collection'> & Partial<Reference>

/** The id of a row of the same tenant. The path of its collection is the name of its table, where nothing else is said. */
export const reference = ({ collection, ...to }: ReferenceTo, meta: Meta = {}) => ({
  ...optional(idKind(), meta),
  reference: { collection: collection ?? (`/${to.table}` as const), ...to },
})

const MOST_CUSTOM_FIELDS = 50

/** The caller's own members. */
export const custom = (meta: Meta = {}) => ({
  shown: customFields,
  create: customFields.optional().meta(meta),
  patch: customFieldsPatch,
  initial: {},
  merged: { most: MOST_CUSTOM_FIELDS },
})
