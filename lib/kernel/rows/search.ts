import { type Sql, sql } from '@/lib/kernel/rows/sql'

/** LIKE's own signs are letters like all others. */
const literally = (text: Sql): Sql => sql`regexp_replace(${text}, ${'([\\\\%_])'}, ${'\\\\\\1'}, 'g')`

/**
 * Rows in whose searched text this stands somewhere. The column holds the normal form of `search_form`, which what is asked
 * gets too: upper and lower case, composed and decomposed letters are alike. Served by the trigram index.
 */
export const mentions = (text: string, column: Sql = sql`t.search`): Sql =>
  sql`${column} LIKE '%' || ${literally(sql`search_form(${text}::text)`)} || '%'`

/** Rows whose column begins with this. */
export const beginsWith = (text: string, column: Sql): Sql =>
  sql`${column} LIKE ${literally(sql`${text}::text`)} || '%'`
