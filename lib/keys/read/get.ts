import { notFound } from '@/lib/base/errors'
import type { Context } from '@/lib/kernel/actors/context'
import { requireSeeKeys } from '@/lib/kernel/actors/permissions'
import { databaseNow } from '@/lib/kernel/db/transaction'
import { KEY_SELECT, keysInReach, showKey, type VersionedKey } from '@/lib/keys/rows'

/** @throws DomainError not_found, role_forbids, developer_api_disabled */
export async function getKey(ctx: Context, { id }: { id: string }): Promise<VersionedKey> {
  requireSeeKeys(ctx)
  const row = await ctx.db.apiKey.findFirst({ where: { ...keysInReach(ctx), id }, select: KEY_SELECT })
  if (!row) throw notFound('API key')
  return showKey(row, await databaseNow(ctx.db))
}
