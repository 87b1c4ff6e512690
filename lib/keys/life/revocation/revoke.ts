import type { Context } from '@/lib/kernel/actors/context'
import { requireManageKeys } from '@/lib/kernel/actors/permissions'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { RevokeKeyInput } from '@/lib/keys/contract'
import { lockForChange } from '@/lib/keys/life/acting-key'
import { markRevoked } from '@/lib/keys/life/revocation/mark-revoked'
import { showKey, type VersionedKey } from '@/lib/keys/rows'

/**
 * Revokes a key: from the moment this returns no process accepts it. Revoking a revoked key keeps its date; saying then
 * that it leaked is still recorded. A key may revoke wider ones of its environment too: that gives nobody anything, and
 * what ends leaked keys by itself need not be as wide as all that it ends.
 * @throws DomainError not_found, role_forbids, developer_api_disabled
 */
export function revokeKey(context: Context, { id, ...input }: { id: string } & RevokeKeyInput): Promise<VersionedKey> {
  requireManageKeys(context)
  return inTransaction(context, async (ctx) => {
    const { key, now } = await lockForChange(ctx, id)
    return showKey(await markRevoked(ctx, key, input, now), now)
  })
}
