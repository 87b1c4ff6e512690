import { randomUUID } from 'node:crypto'
import type { Context } from '@/lib/kernel/actors/context'
import { mayCreateKeys, requirePermission } from '@/lib/kernel/actors/permissions'
import { requireProofToWiden } from '@/lib/kernel/actors/require-proof'
import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { CreateKeyInput } from '@/lib/keys/contract'
import { lockActingKey, requireWithinBounds } from '@/lib/keys/life/acting-key'
import { checkRequestedScopes } from '@/lib/keys/life/check-requested-scopes'
import { decideExpiry } from '@/lib/keys/life/decide-expiry'
import { insertKey, type MadeKey } from '@/lib/keys/life/insert'
import { requireRoomForKey } from '@/lib/keys/life/key-limit'
import { widensLiveKey } from '@/lib/keys/life/widens-live-key'
import { readPolicy } from '@/lib/keys/policy/rows'
import { keyTarget } from '@/lib/keys/rows'

/**
 * Makes a key. The reply is the only place that ever holds it. A key makes none that goes beyond itself.
 * @throws DomainError role_forbids, developer_api_disabled, proof_required, invalid_scope, validation_failed, key_limit_reached
 */
export function createKey(context: Context, input: CreateKeyInput): Promise<MadeKey> {
  requirePermission(mayCreateKeys(context))
  const scopes = checkRequestedScopes(context.actor, input.scopes)

  return inTransaction(context, async (ctx) => {
    const { acting, now } = await lockActingKey(ctx)
    const { expires_at, expires_in_hours, ...rest } = input
    const policy = await readPolicy(ctx.db, ctx.organization.id)
    const fields = {
      ...rest,
      scopes,
      expires_at: decideExpiry(ctx.actor, { expires_at, expires_in_hours }, now, policy),
    }
    requireWithinBounds(acting, fields)
    const lineage_id = randomUUID()
    await requireRoomForKey(ctx, lineage_id)
    const created = await insertKey(ctx, { ...fields, lineage_id }, now)
    await recordAudit(ctx, { action: 'api_key.created', target: keyTarget(created), after: created })
    requireProofToWiden(ctx, widensLiveKey(null, fields))
    return created
  })
}
