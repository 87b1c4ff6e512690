import { KEY_ENDS, type KeyEnd } from '@/lib/contracts/key-terms'
import { Prisma } from '@/lib/kernel/db/generated/client'

/**
 * A key is in use while none of its ends is true: it works, and it counts towards the plan's number. Here that is said in
 * each language that asks, always by `KEY_ENDS`. `now` is the database's clock.
 */

export type KeyDates = {
  created_at: Date
  expires_at: Date | null
  retires_at: Date | null
  revoked_at: Date | null
}

/** How a key has ended; undefined: it is in use. */
export const endOf = (key: KeyDates, now: Date): KeyEnd | undefined =>
  KEY_ENDS.find(({ date, ends }) => {
    const at = key[date]
    return at !== null && (ends === 'when set' || at <= now)
  })

/** The rows of which an end is true, whatever came before it. */
export const ended = ({ date, ends }: KeyEnd, now: Date): Prisma.ApiKeyWhereInput =>
  ends === 'when set' ? { [date]: { not: null } } : { [date]: { lte: now } }

/** The rows of which it is not. */
export const notEnded = ({ date, ends }: KeyEnd, now: Date): Prisma.ApiKeyWhereInput =>
  ends === 'when set' ? { [date]: null } : { OR: [{ [date]: null }, { [date]: { gt: now } }] }

/** The rows in use. */
export const inUse = (now: Date) => ({ AND: KEY_ENDS.map((end) => notEnded(end, now)) })

/** In SQL, of a row of `api_keys` called `row`: true, false, or null, which is not true either. */
export const endedSql = ({ date, ends }: KeyEnd, row: string): string =>
  ends === 'when set' ? `${row}.${date} IS NOT NULL` : `${row}.${date} <= clock_timestamp()`

/** When a statement began. Unlike a clock that is asked for each row, it leaves the planner every index. */
const BEGAN = Prisma.raw('statement_timestamp()')

/** In SQL: whether a row of `api_keys` called `row` is in use at `now`. */
export const inUseSql = (row: string, now: Prisma.Sql = BEGAN): Prisma.Sql =>
  Prisma.join(
    KEY_ENDS.map(({ date, ends }) => {
      const column = Prisma.raw(`${row}.${date}`)
      return ends === 'when set' ? Prisma.sql`${column} IS NULL` : Prisma.sql`(${column} IS NULL OR ${column} > ${now})`
    }),
    ' AND ',
  )
