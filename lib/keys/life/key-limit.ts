import { DomainError } from '@/lib/base/errors'
import { PLANS } from '@/lib/contracts/plans'
import type { Context } from '@/lib/kernel/actors/context'
import type { Database, Transaction } from '@/lib/kernel/db/transaction'
import { inUse } from '@/lib/keys/ends'

/** How many keys of the organisation are in use at `now`: not revoked, rotated or expired. */
export function countKeysInUse(db: Database, organization_id: string, now: Date): Promise<number> {
  return db.apiKey.count({ where: { organization_id, ...inUse(now) } })
}

/** Locks the organisation's row until the transaction ends, so that two creations at once cannot both take the last place. */
export async function lockKeyCount({ db, organization: { id } }: Context & { db: Transaction }): Promise<void> {
  await db.$queryRaw`SELECT id FROM organizations WHERE id = ${id}::uuid FOR NO KEY UPDATE`
}

/**
 * Refuses one more key when the plan's number is reached, counted under the lock.
 * @throws DomainError key_limit_reached
 */
export async function requireRoomForKey(ctx: Context & { db: Transaction }, now: Date): Promise<void> {
  await lockKeyCount(ctx)
  const keysInUse = await countKeysInUse(ctx.db, ctx.organization.id, now)
  const limit = PLANS[ctx.organization.plan].keys
  if (keysInUse >= limit) {
    throw new DomainError(
      'key_limit_reached',
      `Your ${ctx.organization.plan} plan holds ${limit.toLocaleString('en')} live keys. Revoke one that is not used.`,
    )
  }
}
