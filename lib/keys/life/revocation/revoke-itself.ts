import { notFound } from '@/lib/base/errors'
import type { Context, KeyActor } from '@/lib/kernel/actors/context'
import { databaseNow, inTransaction } from '@/lib/kernel/db/transaction'
import type { ApiKey, RevokeKeyInput } from '@/lib/keys/contract'
import { markRevoked } from '@/lib/keys/life/revocation/mark-revoked'
import { lockKeys, showKey } from '@/lib/keys/rows'

/**
 * Revokes the key that calls, whatever its scopes: whoever finds a key can at least end it. Its next call is refused.
 * @throws DomainError not_found when it was deleted meanwhile
 */
export function revokeItself(context: Context<KeyActor>, input: RevokeKeyInput): Promise<ApiKey> {
  return inTransaction(context, async (ctx) => {
    const [key] = await lockKeys(ctx, [ctx.actor.key_id])
    if (!key) throw notFound('API key')
    const now = await databaseNow(ctx.db)
    return showKey(await markRevoked(ctx, key, input, now), now)
  })
}
