import { z } from 'zod'
import type { Context } from '@/lib/kernel/actors/context'
import { auditOfRows } from '@/lib/kernel/audit/audit-of-rows'
import { Prisma } from '@/lib/kernel/db/generated/client'
import type { Transaction } from '@/lib/kernel/db/transaction'

const counted = z.tuple([z.object({ count: z.int() })])

/**
 * Writes the revocation of many keys, each audited, in one statement. What another transaction holds is left out, not waited
 * for: the caller has locked the keys that it knows of, and asked who may.
 * @param which in SQL: whether the key `k` is one of them, and in use
 * @returns how many were revoked
 */
export async function markAllRevoked(
  ctx: Context & { db: Transaction },
  which: Prisma.Sql,
  reason: string,
  now: Date,
): Promise<number> {
  const audit = auditOfRows(ctx, { action: 'api_key.revoked', after: { leaked: false }, reason }, Prisma.sql`revoked`)
  const [{ count }] = counted.parse(
    await ctx.db.$queryRaw`
      WITH chosen AS MATERIALIZED (
        SELECT k.id FROM api_keys k WHERE ${which}
      ), held AS (
        SELECT k.id FROM api_keys k JOIN chosen USING (id) FOR NO KEY UPDATE OF k SKIP LOCKED
      ), revoked AS (
        UPDATE api_keys k SET revoked_at = ${now}, revoked_reason = ${reason}, updated_at = ${now}
        FROM held WHERE k.id = held.id RETURNING k.id, k.key_prefix AS label, k.environment, k.version
      ), audited AS (${audit})
      SELECT count(*)::int AS count FROM revoked`,
  )
  return count
}
