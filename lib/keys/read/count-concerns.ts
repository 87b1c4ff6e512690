import { z } from 'zod'
import { KEY_CONCERNS, type KeyConcern } from '@/lib/contracts/key-terms'
import type { Context } from '@/lib/kernel/actors/context'
import { requireSeeKeys } from '@/lib/kernel/actors/permissions'
import { Prisma } from '@/lib/kernel/db/generated/client'
import { type keyConcerns, MOST_LOOKED_AT } from '@/lib/keys/contract'
import { inUseSql } from '@/lib/keys/ends'
import { writingScopes } from '@/lib/keys/read/filters'
import { UNUSED_DAYS } from '@/lib/keys/usage/contract'

const days = (count: number) => Prisma.sql`make_interval(days => ${count}::int)`

/** In SQL: whether a concern is true of the key in use `k`, whose last use is `u`. As `hasConcern` says it of a list. */
function concernSql(concern: KeyConcern): Prisma.Sql {
  switch (concern) {
    case 'expiring_30d':
      return Prisma.sql`k.expires_at <= statement_timestamp() + ${days(30)}`
    case 'never_expires':
      return Prisma.sql`k.expires_at IS NULL AND k.retires_at IS NULL`
    case 'idle_90d':
      return Prisma.sql`u.used_at < statement_timestamp() - ${days(90)}`
    case 'never_used':
      return Prisma.sql`u.key_id IS NULL`
    case 'unused_writes': {
      const since = Prisma.sql`statement_timestamp() - ${days(UNUSED_DAYS)}`
      // The scope joined to nothing: the index is searched once for a key, by the hour, and not again for each scope.
      return Prisma.sql`k.scopes && ${writingScopes()}::text[] AND k.created_at < ${since} AND NOT EXISTS (
        SELECT FROM key_usage g WHERE g.key_id = k.id AND g.hour >= ${since} AND g.outcome = 'succeeded'
          AND g.scope || '' = ANY (${writingScopes()}::text[]))`
    }
  }
}

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
    await ctx.db.$queryRaw`
      SELECT count(*)::int AS looked_at, ${Prisma.join(counts)}
      FROM (
        SELECT k.id, k.created_at, k.expires_at, k.retires_at, k.scopes FROM api_keys k
        WHERE k.organization_id = ${ctx.organization.id}::uuid AND ${inUseSql('k')} AND NOT k.playground
        ORDER BY k.created_at, k.id LIMIT ${MOST_LOOKED_AT}
      ) k
      LEFT JOIN key_last_uses u ON u.key_id = k.id`,
  )
  return { counts: found, among: looked_at < MOST_LOOKED_AT ? null : looked_at }
}
