import { DomainError } from '@/lib/base/errors'
import { PLANS } from '@/lib/contracts/plans'
import type { Context } from '@/lib/kernel/actors/context'
import type { Database, Transaction } from '@/lib/kernel/db/transaction'
import { inUse, inUseSql } from '@/lib/keys/ends'

/** The keys of one lineage that work at once: a rotation has a grace, and may be followed by the next one within it. */
const MOST_OF_A_LINEAGE = 10

/**
 * How many places among the plan's keys are taken: a key that is not revoked, rotated or expired takes one, and shares it
 * with its successors.
 * @param options.besides a lineage that is not counted
 * @param options.most as far as it is counted; absent: to the end
 */
export async function countKeysInUse(
  db: Database,
  organization_id: string,
  { besides = null, most = null }: { besides?: string | null; most?: number | null } = {},
): Promise<number> {
  const rows = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT DISTINCT k.lineage_id FROM api_keys k
      WHERE k.organization_id = ${organization_id}::uuid AND ${inUseSql('k')}
        AND k.lineage_id IS DISTINCT FROM ${besides}::uuid
      LIMIT ${most}
    ) taken`
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
  const limit = PLANS[ctx.organization.plan].keys
  const taken = await countKeysInUse(ctx.db, ctx.organization.id, { besides: lineage_id, most: limit })
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
export async function requireRoomInLineage(
  { db, organization }: Context & { db: Transaction },
  lineage_id: string,
  now: Date,
): Promise<void> {
  const working = await db.apiKey.count({ where: { organization_id: organization.id, lineage_id, ...inUse(now) } })
  if (working < MOST_OF_A_LINEAGE) return
  const detail = `${working} keys of this rotation still work. Revoke those that are not used, or wait for the end of a grace.`
  throw new DomainError('key_limit_reached', detail)
}
