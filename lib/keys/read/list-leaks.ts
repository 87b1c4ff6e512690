import type { Context } from '@/lib/kernel/actors/context'
import { requireSeeKeys } from '@/lib/kernel/actors/permissions'
import { databaseNow } from '@/lib/kernel/db/transaction'
import type { LeakedKeys } from '@/lib/keys/life/leaks/contract'
import { relativesInUse, WITH_RELATIVES } from '@/lib/keys/life/leaks/relatives'
import { keysInReach } from '@/lib/keys/rows'

/** More than a page tells of at once. */
const MOST = 100

/**
 * The keys that were reported as leaked, and of which no Admin has said to know.
 * @throws DomainError role_forbids, developer_api_disabled
 */
export async function listLeaks(ctx: Context): Promise<LeakedKeys> {
  requireSeeKeys(ctx)
  const rows = await ctx.db.apiKey.findMany({
    where: { ...keysInReach(ctx), reported_at: { not: null } },
    select: {
      id: true,
      name: true,
      key_prefix: true,
      environment: true,
      reported_at: true,
      revoked_reason: true,
      ...WITH_RELATIVES,
    },
    orderBy: [{ reported_at: 'desc' }, { id: 'desc' }],
    take: MOST,
  })
  const now = await databaseNow(ctx.db)
  return {
    data: rows.flatMap(({ successor, predecessor, reported_at, ...key }) =>
      reported_at ? [{ ...key, reported_at, relatives: relativesInUse({ successor, predecessor }, now) }] : [],
    ),
  }
}
