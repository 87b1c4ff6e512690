import type { Context } from '@/lib/kernel/actors/context'
import { requireManageKeys } from '@/lib/kernel/actors/permissions'
import { requireProof } from '@/lib/kernel/actors/require-proof'
import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction } from '@/lib/kernel/db/transaction'
import { inHex } from '@/lib/keys/hash'
import { lockForChange, requireWithinBounds } from '@/lib/keys/life/acting-key'
import { requireVersion } from '@/lib/keys/life/require-version'
import { deletedKeyTarget } from '@/lib/keys/rows'

type Deletion = {
  id: string
  /** Of which the key must have one; null: any. */
  versions?: readonly number[] | null
}

/**
 * Deletes a key for good, in any state. Its audit entries stay, by which it is found by its hash still: what a leaked key
 * did is asked when it is gone. It cannot be undone, so a person proves who they are
 * before a live key goes, and a key deletes none that goes beyond itself; both can revoke that one.
 * @throws DomainError not_found, role_forbids, developer_api_disabled, precondition_failed, proof_required
 */
export function deleteKey(context: Context, { id, versions = null }: Deletion): Promise<void> {
  requireManageKeys(context)
  return inTransaction(context, async (ctx) => {
    const { key: row, acting } = await lockForChange(ctx, id)
    requireWithinBounds(acting, row)
    requireVersion(row, versions)
    if (ctx.actor.kind === 'member' && row.environment === 'live') requireProof(ctx.actor)
    const { hash } = await ctx.db.apiKey.delete({ where: { id: row.id }, select: { hash: true } })
    const before = { ...row, hashed_token: inHex(hash) }
    await recordAudit(ctx, { action: 'api_key.deleted', target: deletedKeyTarget(row), before })
  })
}
