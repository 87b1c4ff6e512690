import { DomainError } from '@/lib/base/errors'
import { HOUR_MS } from '@/lib/base/time'
import type { Context } from '@/lib/kernel/actors/context'
import { requireManageKeys } from '@/lib/kernel/actors/permissions'
import { requireProofToWiden } from '@/lib/kernel/actors/require-proof'
import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { RotateKeyInput } from '@/lib/keys/contract'
import { lockForChange, requireWithinBounds } from '@/lib/keys/life/acting-key'
import { decideExpiry } from '@/lib/keys/life/decide-expiry'
import { insertKey, type MadeKey } from '@/lib/keys/life/insert'
import { requireRoomInLineage } from '@/lib/keys/life/key-limit'
import { requireNotPlayground } from '@/lib/keys/life/playground/require-not-playground'
import { widensLiveKey } from '@/lib/keys/life/widens-live-key'
import { readPolicy } from '@/lib/keys/policy/rows'
import { KEY_SELECT, keyTarget } from '@/lib/keys/rows'
import { statusOfKey } from '@/lib/keys/status'

/**
 * Makes the successor of a key: a new id and a new secret, with the same name, scopes, allowlist and limit, and an
 * expiry of its own. The old key goes on for the grace, never past its own expiry. Both are one lineage. For a key, the
 * old one and the successor must be within its bounds.
 * @throws DomainError not_found, role_forbids, developer_api_disabled, proof_required, validation_failed; key_limit_reached
 *   where ten of the lineage work; key_state when the key is revoked, has expired, was rotated before, or is a playground key
 */
export function rotateKey(context: Context, { id, ...input }: { id: string } & RotateKeyInput): Promise<MadeKey> {
  requireManageKeys(context)
  return inTransaction(context, async (ctx) => {
    const { key: old, acting, now } = await lockForChange(ctx, id)
    requireWithinBounds(acting, old)
    requireNotPlayground(old, 'rotated')
    const status = statusOfKey(old, now)
    if (status !== 'active' && status !== 'expiring') {
      throw new DomainError('key_state', `Only a key in use can be rotated; this one is ${status}.`)
    }
    await requireRoomInLineage(ctx, old.lineage_id, now)
    const graceEnds = new Date(now.getTime() + input.grace_hours * HOUR_MS)
    const retires_at = old.expires_at && old.expires_at < graceEnds ? old.expires_at : graceEnds
    const { environment, name, description, scopes, allowed_ips, rate_limit, lineage_id } = old
    const expires_at = decideExpiry(ctx.actor, input, now, await readPolicy(ctx.db, ctx.organization.id))
    const successorFields = { environment, name, description, scopes, allowed_ips, rate_limit, lineage_id, expires_at }
    requireWithinBounds(acting, successorFields)
    await ctx.db.apiKey.update({ where: { id: old.id }, data: { rotated_at: now, retires_at } })
    const successor = await insertKey(ctx, successorFields, now)
    // Its secret is a new one, which nobody had.
    requireProofToWiden(ctx, widensLiveKey(null, successorFields))
    const rotated = await ctx.db.apiKey.update({
      where: { id: old.id },
      data: { successor_id: successor.id },
      select: KEY_SELECT,
    })
    await recordAudit(ctx, {
      action: 'api_key.rotated',
      target: keyTarget(rotated),
      before: old,
      after: {
        ...successor,
        successor: successor.key_prefix,
        successor_id: successor.id,
        successor_expires_at: successor.expires_at,
        retires_at,
      },
    })
    return successor
  })
}
