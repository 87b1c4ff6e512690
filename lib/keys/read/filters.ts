import { DAY_MS } from '@/lib/base/time'
import { KEY_ENDS, type KeyConcern, type KeyStatus } from '@/lib/contracts/key-terms'
import type { Context } from '@/lib/kernel/actors/context'
import type { Prisma } from '@/lib/kernel/db/generated/client'
import { beginningWith, mentioned } from '@/lib/kernel/rows/mentioned'
import { beginsWith } from '@/lib/kernel/rows/search'
import { sql } from '@/lib/kernel/rows/sql'
import type { SearchKeysQuery } from '@/lib/keys/contract'
import { ended, inUse, notEnded } from '@/lib/keys/ends'
import { concernSql, lookedAt } from '@/lib/keys/read/concerns'
import { EXPIRING_MS } from '@/lib/keys/status'

/** What can be asked of a list of keys, as conditions. `now` is the database's clock. */

/** The rows whose derived status is `status` at `now`. */
export function hasStatus(status: KeyStatus, now: Date): Prisma.ApiKeyWhereInput {
  const index = KEY_ENDS.findIndex((end) => end.status === status)
  const end = KEY_ENDS[index]
  if (end) return { AND: [ended(end, now), ...KEY_ENDS.slice(0, index).map((earlier) => notEnded(earlier, now))] }
  // Of a key in use a date that is set has not come. Said plainly: only from such a bound does an index start.
  if (status === 'retiring') return { ...inUse(now), retires_at: { gt: now } }
  const soon = new Date(now.getTime() + EXPIRING_MS)
  const unrotated = { ...inUse(now), retires_at: null }
  if (status === 'expiring') return { ...unrotated, long_lived: true, expires_at: { gt: now, lte: soon } }
  return { ...unrotated, OR: [{ expires_at: null }, { expires_at: { gt: soon } }, { long_lived: false }] }
}

/** The rows that a concern is true of. Only a key in use gives cause for one, and none of the docs' playground: it ends soon. */
async function hasConcern(ctx: Context, concern: KeyConcern, now: Date): Promise<Prisma.ApiKeyWhereInput> {
  const ago = (days: number) => new Date(now.getTime() - days * DAY_MS)
  const inUseNow = { ...inUse(now), playground: false }
  switch (concern) {
    case 'expiring_30d':
      return { ...inUseNow, expires_at: { gt: now, lte: ago(-30) } }
    case 'never_expires':
      return { ...inUseNow, expires_at: null, retires_at: null }
    case 'idle_90d':
      return { ...inUseNow, last_use: { used_at: { lt: ago(90) } } }
    case 'never_used':
      return { ...inUseNow, last_use: null }
    case 'unused_writes':
      // Whether a key has used what it may is looked up for each: of those that its tile counts, not of all.
      return { id: { in: await oldestOf(ctx, concern) } }
  }
}

/** The oldest keys in use that a concern is true of. */
async function oldestOf(ctx: Context, concern: KeyConcern): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`SELECT k.id FROM ${lookedAt(ctx)} WHERE ${concernSql(concern)}`
  return rows.map(({ id }) => id)
}

/** The rows of the organisation whose name mentions what is asked, or whose prefix begins with it. */
const keysMentioning = ({ organization }: Context, q: string): Promise<Prisma.ApiKeyWhereInput> =>
  mentioned(q, {
    table: 'api_keys',
    of: sql`t.organization_id = ${organization.id}::uuid`,
    or: { sql: beginsWith(q, sql`t.key_prefix`), condition: { key_prefix: beginningWith(q) } },
  })

/** The rows that match all that was asked. */
export async function keyFilters(
  ctx: Context,
  { q, status, environment, concern }: Pick<SearchKeysQuery, 'q' | 'status' | 'environment' | 'concern'>,
  now: Date,
): Promise<Prisma.ApiKeyWhereInput[]> {
  const filters: Prisma.ApiKeyWhereInput[] = [{ environment }]
  if (q) filters.push(await keysMentioning(ctx, q))
  if (status) filters.push(hasStatus(status, now))
  if (concern) filters.push(await hasConcern(ctx, concern, now))
  return filters
}
