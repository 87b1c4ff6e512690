import { DomainError } from '@/lib/base/errors'
import type { Context } from '@/lib/kernel/actors/context'
import { requireManageKeys } from '@/lib/kernel/actors/permissions'
import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction } from '@/lib/kernel/db/transaction'
import { lockForChange, requireWithinBounds } from '@/lib/keys/life/acting-key'
import { requireRoomForKey } from '@/lib/keys/life/key-limit'
import { requireNotPlayground } from '@/lib/keys/life/playground/require-not-playground'
import { KEY_SELECT, type KeyRow, keyTarget, showKey, type VersionedKey } from '@/lib/keys/rows'
import { statusOfKey } from '@/lib/keys/status'

/** Why a key cannot be made active again; null: it can. */
function obstacle(key: KeyRow, now: Date): string | null {
  if (!key.revoked_at) return 'It is not revoked.'
  if (key.leaked) return 'It was revoked because it leaked. Create a new key.'
  const otherwise = statusOfKey({ ...key, revoked_at: null }, now)
  if (otherwise === 'expired') return 'It has expired, and an expired key cannot be renewed. Create a new key.'
  if (otherwise === 'rotated' || otherwise === 'retiring') return 'It was rotated. Use its successor.'
  return null
}

/**
 * Puts a revoked key in use again, with the expiry that it had. A key reactivates none that goes beyond itself.
 * @throws DomainError not_found, role_forbids, developer_api_disabled, key_limit_reached;
 *   key_state when it is not revoked, has expired, was rotated, was revoked as leaked, or is a playground key
 */
export function reactivateKey(context: Context, { id }: { id: string }): Promise<VersionedKey> {
  requireManageKeys(context)
  return inTransaction(context, async (ctx) => {
    const { key: before, acting, now } = await lockForChange(ctx, id)
    requireWithinBounds(acting, before)
    requireNotPlayground(before, 'reactivated')
    const why = obstacle(before, now)
    if (why) throw new DomainError('key_state', `This key cannot be reactivated. ${why}`)
    await requireRoomForKey(ctx, now)
    const row = await ctx.db.apiKey.update({
      where: { id: before.id },
      data: { revoked_at: null, revoked_reason: null },
      select: KEY_SELECT,
    })
    await recordAudit(ctx, { action: 'api_key.reactivated', target: keyTarget(row) })
    return showKey(row, now)
  })
}
