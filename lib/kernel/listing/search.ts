import type { Database } from '@/lib/kernel/db/transaction'

/** Prisma's `contains` leaves LIKE's own signs active; a search means them literally. */
const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

/**
 * What somebody searches for, as a condition on a `search` column. The database brings both into their normal form by one
 * function of its own (`search_form`): upper and lower case, composed and decomposed letters are alike in any locale.
 */
export async function matching(db: Database, asked: string): Promise<{ contains: string }> {
  const rows = await db.$queryRaw<{ form: string }[]>`SELECT search_form(${asked}::text) AS form`
  return { contains: escapeLike(rows[0]?.form ?? '') }
}

/** What begins with `asked`, as a condition on a column of emails and domains, which are in lower case. */
export const beginningWith = (asked: string): { startsWith: string } => ({ startsWith: escapeLike(asked) })
