import type { Context } from '@/lib/kernel/actors/context'
import { recordAudit } from '@/lib/kernel/audit/record'
import type { Transaction } from '@/lib/kernel/db/transaction'
import type { RevokeKeyInput } from '@/lib/keys/contract'
import { KEY_SELECT, type KeyRow, keyTarget } from '@/lib/keys/rows'

/**
 * Writes the revocation of a locked key, audited. A revoked key keeps its date; saying then that it leaked is still
 * recorded. The caller has checked who may.
 */
export async function markRevoked(
  ctx: Context & { db: Transaction },
  key: KeyRow,
  { reason, leaked }: RevokeKeyInput,
  now: Date,
): Promise<KeyRow> {
  if (key.revoked_at && (key.leaked || !leaked)) return key
  const row = await ctx.db.apiKey.update({
    where: { id: key.id },
    data: { revoked_at: key.revoked_at ?? now, revoked_reason: reason ?? key.revoked_reason, leaked },
    select: KEY_SELECT,
  })
  await recordAudit(ctx, { action: 'api_key.revoked', target: keyTarget(row), after: { leaked }, reason })
  return row
}
