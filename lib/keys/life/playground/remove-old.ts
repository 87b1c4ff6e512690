import { NO_ORIGIN } from '@/lib/kernel/actors/context'
import { recordAudit } from '@/lib/kernel/audit/record'
import { daysAgo, removeInBatches } from '@/lib/kernel/db/remove-old'
import type { Transaction } from '@/lib/kernel/db/transaction'
import { PLAYGROUND_KEPT_HOURS } from '@/lib/keys/contract'
import { deletedKeyTarget, type TargetKey } from '@/lib/keys/rows'

/** Of one transaction: each key takes a statement for its audit. */
const BATCH = 200

const HOUSEKEEPING = { kind: 'operator', name: 'housekeeping' } as const

/** Removes the playground keys that ended a day ago, audited. */
export async function removeOldPlaygroundKeys(): Promise<void> {
  const end = await daysAgo(PLAYGROUND_KEPT_HOURS / 24)
  await removeInBatches(async (db) => (await removeBatch(db, end)) === BATCH)
}

async function removeBatch(db: Transaction, end: Date): Promise<number> {
  const gone = await db.$queryRaw<(TargetKey & { organization_id: string; lineage_id: string })[]>`
    DELETE FROM api_keys WHERE id = ANY (ARRAY(
      SELECT id FROM api_keys WHERE playground AND least(expires_at, revoked_at) <= ${end}::timestamptz
      ORDER BY expires_at LIMIT ${BATCH}::int FOR UPDATE SKIP LOCKED
    ))
    RETURNING id, organization_id, lineage_id, key_prefix, environment, version`
  await db.rateWindow.deleteMany({ where: { lineage_id: { in: gone.map(({ lineage_id }) => lineage_id) } } })
  for (const { organization_id, ...row } of gone) {
    const ctx = { db, actor: HOUSEKEEPING, organization: { id: organization_id }, origin: NO_ORIGIN }
    await recordAudit(ctx, { action: 'api_key.deleted', target: deletedKeyTarget(row), reason: 'Ended a day ago.' })
  }
  return gone.length
}
