import { Prisma } from '@/lib/kernel/db/generated/client'
import type { Transaction } from '@/lib/kernel/db/transaction'

/** Transactions from the first to before the last, in their order. */
export type Span = { from: string; to: string }

/** The rows `e` that those transactions wrote. */
export const within = ({ from, to }: Span): Prisma.Sql =>
  Prisma.sql`e.transaction_id >= ${from}::xid8 AND e.transaction_id < ${to}::xid8`

/** Rows that are read at once, unless one transaction wrote more. */
const AT_ONCE = 2_000

/** The first transactions of a span: as many as have no more rows in these tables than are read at once, and one at least. */
export async function firstOf(db: Transaction, span: Span, tables: readonly Prisma.Sql[]): Promise<Span> {
  const numbers = tables.map(
    (table) => Prisma.sql`(
      SELECT transaction_id FROM ${table} e WHERE ${within(span)} ORDER BY transaction_id LIMIT ${AT_ONCE + 1}::int)`,
  )
  const [beyond] = await db.$queryRaw<{ id: string }[]>`
    SELECT transaction_id::text AS id FROM (${Prisma.join(numbers, ' UNION ALL ')}) e
    ORDER BY e.transaction_id OFFSET ${AT_ONCE}::int LIMIT 1`
  if (!beyond) return span
  return { from: span.from, to: beyond.id === span.from ? String(BigInt(span.from) + 1n) : beyond.id }
}
