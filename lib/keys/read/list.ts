import type { Page } from '@/lib/contracts/page'
import type { Context } from '@/lib/kernel/actors/context'
import { requireSeeKeys } from '@/lib/kernel/actors/permissions'
import { databaseNow } from '@/lib/kernel/db/transaction'
import { keyset, toPage } from '@/lib/kernel/listing/keyset'
import type { ApiKey, SearchKeysQuery } from '@/lib/keys/contract'
import { keyFilters } from '@/lib/keys/read/filters'
import { KEY_SELECT, keysInReach, showKey } from '@/lib/keys/rows'

/**
 * A page of the organisation's keys; for a key, of those of its environment.
 * @throws DomainError invalid_cursor, role_forbids, developer_api_disabled
 */
export async function listKeys(ctx: Context, query: SearchKeysQuery): Promise<Page<ApiKey>> {
  requireSeeKeys(ctx)
  const { q, status, environment, concern, sort, limit, cursor } = query
  const reach = keysInReach(ctx)
  const request = { list: ['api_keys', reach, q, status, environment, concern], sort, limit, cursor }
  const page = keyset(request)
  const now = await databaseNow(ctx.db)
  const rows = await ctx.db.apiKey.findMany({
    where: { ...reach, AND: [page.where, ...(await keyFilters(ctx, query, now))] },
    orderBy: page.orderBy,
    take: page.take,
    select: KEY_SELECT,
  })
  const { data, ...rest } = toPage(request, rows)
  return { ...rest, data: data.map((row) => showKey(row, now)) }
}
