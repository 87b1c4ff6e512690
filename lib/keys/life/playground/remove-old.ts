import { NO_ORIGIN } from '@/lib/kernel/actors/context'
import { recordAudit } from '@/lib/kernel/audit/record'
import { daysAgo, removeInBatches } from '@/lib/kernel/db/remove-old'
import type { Transaction } from '@/lib/kernel/db/transaction'
import { PLAYGROUND_KEPT_HOURS } from '@/lib/keys/contract'
import { inHex } from '@/lib/keys/hash'
import { deletedKeyTarget, type TargetKey } from '@/lib/keys/rows'

/** Of one transaction: each key takes a statement for its audit. */
const BATCH = 200

const HOUSEKEEPING = { kind: 'operator', name: 'housekeeping' } as const

/** Removes the playground keys that ended a day ago, audited. */
export async function removeOldPlaygroundKeys(): Promise<void> {
  const end = await daysAgo(PLAYGROUND_KEPT_HOURS / 24)
  await removeInBatches(async (db) => (await removeBatch(db, end)) === BATCH)
}

type Gone = TargetKey & { organization_id: string; lineage_id: string; name: string; hash: Uint8Array }

async function removeBatch(db: Transaction, end: Date): Promise<number> {
  const gone = await db.$queryRaw<Gone[]>`
    DELETE FROM api_keys WHERE id = ANY (ARRAY(
      SELECT id FROM api_keys WHERE playground AND least(expires_at, revoked_at) <= ${end}::timestamptz
      ORDER BY expires_at LIMIT ${BATCH}::int FOR UPDATE SKIP LOCKED
    ))
    RETURNING id, organization_id, lineage_id, name, key_prefix, hash, environment, version`
  await db.rateWindow.deleteMany({ where: { lineage_id: { in: gone.map(({ lineage_id }) => lineage_id) } } })
  for (const { organization_id, hash, ...row } of gone) {
    const ctx = { db, actor: HOUSEKEEPING, organization: { id: organization_id }, origin: NO_ORIGIN }
    const change = {
      action: 'api_key.deleted',
      target: deletedKeyTarget(row),
      before: { name: row.name, environment: row.environment, hashed_token: inHex(hash) },
      reason: 'Ended a day ago.',
    } as const
    await recordAudit(ctx, change)
  }
  return gone.length
}
