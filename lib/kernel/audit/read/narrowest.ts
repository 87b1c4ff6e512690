import type { Narrowing } from '@/lib/kernel/audit/read/conditions'
import { Prisma } from '@/lib/kernel/db/generated/client'
import type { Database } from '@/lib/kernel/db/transaction'

/**
 * Of what was asked in several ways, that by which the fewest entries are read, as far as so many are counted. Of ways that have more,
 * the first.
 * @param where what else holds of the entries
 */
export async function narrowest(
  db: Database,
  narrowings: readonly Narrowing[],
  where: Prisma.Sql,
  most: number,
): Promise<Narrowing> {
  const [first = [Prisma.sql`true`], ...others] = narrowings
  if (others.length === 0) return first
  const counts = narrowings.map((alternatives) => {
    const all = alternatives.map(
      (met) => Prisma.sql`(SELECT 1 FROM audit_entries e WHERE ${where} AND ${met} AND by_index(e.id))`,
    )
    return Prisma.sql`(SELECT count(*)::int FROM (SELECT 1 FROM (${Prisma.join(all, ' UNION ALL ')}) e LIMIT ${most}::int) e)`
  })
  const [counted] = await db.$queryRaw<{ counts: number[] }[]>`SELECT ARRAY[${Prisma.join(counts)}] AS counts`
  const fewest = Math.min(...(counted?.counts ?? []))
  return narrowings[counted?.counts.indexOf(fewest) ?? 0] ?? first
}
