import type { Context } from '@/lib/kernel/actors/context'
import type { Prisma } from '@/lib/kernel/db/generated/client'
import { databaseNow } from '@/lib/kernel/db/transaction'
import { MOST_COUNTED, type SearchedKeys, type SearchKeysQuery } from '@/lib/keys/contract'
import { keyFilters } from '@/lib/keys/read/filters'
import { listKeys } from '@/lib/keys/read/list'
import { keysInReach } from '@/lib/keys/rows'
import { countCallsByDay } from '@/lib/keys/usage/calls-by-day'

/** Prisma would count in the order of the ids, through the keys of all organisations; an index has these in this one. */
const IN_ITS_ORDER: Prisma.ApiKeyOrderByWithRelationInput[] = [{ created_at: 'desc' }, { id: 'desc' }]

/** Of those in a state, or with a concern, none is counted behind so many keys. */
const MOST_PASSED = 10_000

/** When the last key was made that is counted, the newest first; undefined: all are. */
async function countedFrom(ctx: Context, { q, status, concern }: SearchKeysQuery): Promise<Date | undefined> {
  if (q || !(status || concern)) return undefined
  const [last] = await ctx.db.apiKey.findMany({
    where: keysInReach(ctx),
    orderBy: IN_ITS_ORDER,
    skip: MOST_PASSED - 1,
    take: 1,
    select: { created_at: true },
  })
  return last?.created_at
}

/**
 * A page of the organisation's keys with the calls of each by day, and how many keys match in all: to the end up to a
 * thousand, so that the reply costs the same however many there are.
 * @throws DomainError invalid_cursor, role_forbids, developer_api_disabled
 */
export async function searchKeys(ctx: Context, query: SearchKeysQuery): Promise<SearchedKeys> {
  const page = await listKeys(ctx, query)
  const days = await countCallsByDay(
    ctx.db,
    page.data.map(({ id }) => id),
  )
  const from = await countedFrom(ctx, query)
  const filters = await keyFilters(ctx, query, await databaseNow(ctx.db))
  const where = { ...keysInReach(ctx), AND: [...filters, { created_at: { gte: from } }] }
  const counted = await ctx.db.apiKey.count({ where, take: MOST_COUNTED + 1, orderBy: IN_ITS_ORDER })
  const count = Math.max(counted, page.data.length)
  return {
    ...page,
    data: page.data.map((key) => ({ ...key, calls_by_day: days.get(key.id) ?? [] })),
    total: { count: Math.min(count, MOST_COUNTED), exact: count <= MOST_COUNTED && !from },
  }
}
