import type { z } from 'zod'
import type { KeyConcern } from '@/lib/contracts/key-terms'
import type { Context } from '@/lib/kernel/actors/context'
import { requireSeeKeys } from '@/lib/kernel/actors/permissions'
import { databaseNow } from '@/lib/kernel/db/transaction'
import type { keyConcerns } from '@/lib/keys/contract'
import { hasConcern } from '@/lib/keys/read/filters'
import { keysInReach } from '@/lib/keys/rows'

/**
 * How many of the organisation's keys each concern is true of.
 * @throws DomainError role_forbids, developer_api_disabled
 */
export async function countConcerns(ctx: Context): Promise<z.output<typeof keyConcerns>> {
  requireSeeKeys(ctx)
  const now = await databaseNow(ctx.db)
  const count = (concern: KeyConcern) =>
    ctx.db.apiKey.count({ where: { ...keysInReach(ctx), AND: [hasConcern(concern, now)] } })
  return {
    expiring_30d: await count('expiring_30d'),
    never_expires: await count('never_expires'),
    idle_90d: await count('idle_90d'),
    never_used: await count('never_used'),
    unused_writes: await count('unused_writes'),
  }
}
