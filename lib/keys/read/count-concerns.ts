import { z } from 'zod'
import { KEY_CONCERNS } from '@/lib/contracts/key-terms'
import type { Context } from '@/lib/kernel/actors/context'
import { requireSeeKeys } from '@/lib/kernel/actors/permissions'
import { Prisma } from '@/lib/kernel/db/generated/client'
import { type keyConcerns, MOST_LOOKED_AT } from '@/lib/keys/contract'
import { concernSql, lookedAt } from '@/lib/keys/read/concerns'

const counted = z.tuple([z.record(z.enum([...KEY_CONCERNS, 'looked_at']), z.int())])

/**
 * How many of the organisation's keys in use each concern is true of: in one pass over the oldest thousand.
 * @throws DomainError role_forbids, developer_api_disabled
 */
export async function countConcerns(ctx: Context): Promise<z.output<typeof keyConcerns>> {
  requireSeeKeys(ctx)
  const counts = KEY_CONCERNS.map(
    (concern) => Prisma.sql`count(*) FILTER (WHERE ${concernSql(concern)})::int AS ${Prisma.raw(concern)}`,
  )
  const [{ looked_at, ...found }] = counted.parse(
    await ctx.db.$queryRaw`SELECT count(*)::int AS looked_at, ${Prisma.join(counts)} FROM ${lookedAt(ctx)}`,
  )
  return { counts: found, among: looked_at < MOST_LOOKED_AT ? null : looked_at }
}
