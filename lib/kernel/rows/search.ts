import { type Sql, sql } from '@/lib/kernel/rows/sql'
import { escapeLike } from '@/lib/listing/search'

/** Rows in whose searched text this stands somewhere, in whatever case. Served by the trigram index. */
export const mentions = (text: string, column: Sql = sql`t.search`): Sql =>
  sql`${column} ILIKE ${`%${escapeLike(text)}%`}`

/** Rows whose column begins with this. */
export const beginsWith = (text: string, column: Sql): Sql => sql`${column} LIKE ${`${escapeLike(text)}%`}`
