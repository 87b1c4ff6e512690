import { join, type Sql, sql } from '@/lib/kernel/rows/sql'

/** What is looked for: the condition on a row `t`, and how an index finds the rows that meet it. */
export type Sought = {
  met: Sql
  /** Null: by no index; only rows that are looked at can tell. */
  indexed: Indexed | null
}

export type Indexed = {
  /** Implied by `met`. */
  condition: Sql
  /** Of no row: whether the index knows what is asked at all. */
  knows: Sql
}

const KNOWN = sql`true`

/** LIKE's own signs are letters like all others. */
const literally = (text: Sql): Sql => sql`regexp_replace(${text}, ${'([\\\\%_])'}, ${'\\\\\\1'}, 'g')`

const SHORT = /^[\p{L}\p{M}\p{N}]{1,2}$/u
const THREE_IN_A_ROW = /[\p{L}\p{M}\p{N}]{3}/u

/** What stands for the normal form here, to count letters: Postgres makes the form itself. */
const lettersOf = (text: string) => text.normalize('NFKC').toUpperCase().toLowerCase()

/** Whether a text is looked for at the beginning of words alone. */
export const isStart = (text: string): boolean => SHORT.test(lettersOf(text))

/**
 * Rows in whose `search` column this text stands somewhere; one or two letters must begin a word of it. The column holds the
 * normal form of `search_form`, which what is asked gets too: upper and lower case, composed and decomposed letters are
 * alike. Words are what spaces separate.
 */
export function mentions(text: string): Sought {
  const form = sql`search_form(${text}::text)`
  if (isStart(text)) {
    return {
      met: sql`' ' || t.search LIKE '% ' || ${literally(form)} || '%'`,
      indexed: { condition: sql`search_starts(t.search) @> ARRAY[left(${form}, 2)]`, knows: KNOWN },
    }
  }
  const met = sql`t.search LIKE '%' || ${literally(form)} || '%'`
  if (!THREE_IN_A_ROW.test(lettersOf(text))) return { met, indexed: null }
  // In some locales Postgres takes foreign letters for none: such a word has no trigrams, and would be looked for in every row.
  return { met, indexed: { condition: met, knows: sql`cardinality(show_trgm(${form})) > 0` } }
}

/** Rows whose column, in the order of "C", begins with this text, by an index behind `behind`. */
export const begins = (text: string, column: Sql, behind: Sql): Sought => {
  const met = beginsWith(text, column)
  return { met, indexed: { condition: sql`${behind} AND ${met}`, knows: KNOWN } }
}

/** The condition alone. An index on the column serves it. */
export const beginsWith = (text: string, column: Sql): Sql => sql`${column} ^@ ${text}::text`

/** All that is looked for, as one. */
export function together(sought: readonly Sought[]): Sought {
  const all = (conditions: Sql[]) => join(conditions, ' AND ')
  const indexed = sought.flatMap((one) => one.indexed ?? [])
  return {
    met: all(sought.map(({ met }) => met)),
    indexed: indexed[0]
      ? { condition: all(indexed.map(({ condition }) => condition)), knows: all(indexed.map(({ knows }) => knows)) }
      : null,
  }
}
