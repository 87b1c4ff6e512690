import type { z } from 'zod'
import { instant, text } from '@/lib/contracts/fields'
import type { Kind } from '@/lib/contracts/rows/field'

/** What a list is narrowed by: how callers say it, and which rows it keeps. */
export type Filter<Schema extends z.ZodType = z.ZodType> = {
  schema: Schema
  /** `own`: the resource writes the condition itself. */
  keeps: 'equal' | 'later' | 'earlier' | 'mentioning' | 'own'
  /** Where it is not the filter's own name. */
  column?: string
  /** Of one value the tenant has one row at most. */
  one?: true
  /** Looks for rows, and may come back before the page is full: few of a caller run at once. */
  searches?: boolean
}

export type Filters = Record<string, Filter>

type Meta = { description?: string }

/** Rows whose column is this value: of the kind of the field, or of another that the field takes. */
export const equal = <Schema extends z.ZodType>(
  { input }: Pick<Kind<Schema>, 'input'>,
  meta?: Meta,
): Filter<z.ZodOptional<Schema>> => {
  const optional = input.optional()
  return { schema: meta ? optional.meta(meta) : optional, keeps: 'equal' }
}

/** The one row, if any, whose column is this value: an index must hold it unique in the tenant. */
export const only = <Schema extends z.ZodType>(kind: Pick<Kind<Schema>, 'input'>): Filter<z.ZodOptional<Schema>> => ({
  ...equal(kind),
  one: true,
})

const bound = (keeps: 'later' | 'earlier', column: string, meta?: Meta) => {
  const optional = instant().optional()
  return { schema: meta ? optional.meta(meta) : optional, keeps, column }
}

/** Rows whose column is later than this instant. */
export const later = (column: string, meta?: Meta) => bound('later', column, meta)

/** Rows whose column is earlier than this instant. */
export const earlier = (column: string, meta?: Meta) => bound('earlier', column, meta)

/** Rows in whose `search` column this text stands somewhere; one or two letters must begin a word. */
export const mentioning = (description: string) => ({
  schema: text(100)
    .min(1)
    .optional()
    .meta({ description: `${description} One or two letters: the beginning of a word.` }),
  keeps: 'mentioning' as const,
  searches: true,
})

/** What the table of the resource says in SQL. */
export const ownFilter = <Schema extends z.ZodType>(schema: Schema): Filter<Schema> => ({ schema, keeps: 'own' })
