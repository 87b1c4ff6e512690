import { DomainError } from '@/lib/base/errors'
import { PLANS } from '@/lib/contracts/plans'
import type { Context } from '@/lib/kernel/actors/context'
import { Prisma } from '@/lib/kernel/db/generated/client'
import type { Database, Transaction } from '@/lib/kernel/db/transaction'
import { inUse, inUseSql } from '@/lib/keys/ends'

/** The keys of one lineage that work at once: a rotation has a grace, and may be followed by the next one within it. */
const MOST_OF_A_LINEAGE = 10

/**
 * How many places among the plan's keys are taken: a key that is not revoked, rotated or expired takes one, and shares it
 * with its successors.
 * @param options.besides a lineage that is not counted
 */
export async function countKeysInUse(
  db: Database,
  organization_id: string,
  { besides = null }: { besides?: string | null } = {},
): Promise<number> {
  const rows = await db.$queryRaw<{ count: number }[]>`
    SELECT count(DISTINCT lineage_id)::int AS count FROM api_keys
    WHERE organization_id = ${organization_id}::uuid AND ${Prisma.raw(inUseSql('api_keys'))}
      AND lineage_id IS DISTINCT FROM ${besides}::uuid`
  return rows[0]?.count ?? 0
}

/** Locks the organisation's row until the transaction ends, so that two creations at once cannot both take the last place. */
export async function lockKeyCount({ db, organization: { id } }: Context & { db: Transaction }): Promise<void> {
  await db.$queryRaw`SELECT id FROM organizations WHERE id = ${id}::uuid FOR NO KEY UPDATE`
}

/**
 * Refuses one more key when the plan's number is reached, counted under the lock. A rotation needs no place: the successor
 * has that of its lineage.
 * @throws DomainError key_limit_reached
 */
export async function requireRoomForKey(ctx: Context & { db: Transaction }, lineage_id: string): Promise<void> {
  await lockKeyCount(ctx)
  const taken = await countKeysInUse(ctx.db, ctx.organization.id, { besides: lineage_id })
  const limit = PLANS[ctx.organization.plan].keys
  if (taken >= limit) {
    throw new DomainError(
      'key_limit_reached',
      `Your ${ctx.organization.plan} plan holds ${limit.toLocaleString('en')} live keys. Revoke one that is not used.`,
    )
  }
}

/**
 * Refuses one more rotation within the graces of those before.
 * @throws DomainError key_limit_reached
 */
export async function requireRoomInLineage({ db }: { db: Transaction }, lineage_id: string, now: Date): Promise<void> {
  const working = await db.apiKey.count({ where: { lineage_id, ...inUse(now) } })
  if (working < MOST_OF_A_LINEAGE) return
  const detail = `${working} keys of this rotation still work. Revoke those that are not used, or wait for the end of a grace.`
  throw new DomainError('key_limit_reached', detail)
}
