import { isDeepStrictEqual } from 'node:util'
import { factsOf } from '@/lib/contracts/audited'
import type { Context } from '@/lib/kernel/actors/context'
import { requireManageKeys } from '@/lib/kernel/actors/permissions'
import { requireProofToWiden } from '@/lib/kernel/actors/require-proof'
import { recordAudit } from '@/lib/kernel/audit/record'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { UpdateKeyInput } from '@/lib/keys/contract'
import { lockForChange, requireWithinBounds } from '@/lib/keys/life/acting-key'
import { checkRequestedScopes } from '@/lib/keys/life/check-requested-scopes'
import { requireNotPlayground } from '@/lib/keys/life/playground/require-not-playground'
import { requireUnchanged } from '@/lib/keys/life/require-unchanged'
import { requireVersion } from '@/lib/keys/life/require-version'
import { widensLiveKey } from '@/lib/keys/life/widens-live-key'
import { requirePolicy } from '@/lib/keys/policy/require'
import { readPolicy } from '@/lib/keys/policy/rows'
import { KEY_SELECT, keyTarget, showKey, type VersionedKey } from '@/lib/keys/rows'

type Update = {
  id: string
  changes: UpdateKeyInput
  /** Fields as the editor saw them: the changes are made only while they still are so. */
  seen?: UpdateKeyInput | undefined
  /** Versions of which the key must have one; null: any. */
  versions?: readonly number[] | null
}

const action = 'api_key.updated'

/**
 * Changes name, description, scopes, allowlist or limit. It holds from the next request on. For a key, the other must be
 * within its bounds before and after.
 * @throws DomainError not_found, role_forbids, developer_api_disabled, proof_required, invalid_scope; validation_failed
 *   for addresses beyond the policy; key_state for a playground key; key_changed when a field is not as it was seen;
 *   precondition_failed
 */
export function updateKey(
  context: Context,
  { id, changes, seen = {}, versions = null }: Update,
): Promise<VersionedKey> {
  requireManageKeys(context)
  const scopes = changes.scopes && checkRequestedScopes(context.actor, changes.scopes)

  return inTransaction(context, async (ctx) => {
    const { key: before, acting, now } = await lockForChange(ctx, id)
    requireWithinBounds(acting, before)
    requireNotPlayground(before, 'edited')
    requireVersion(before, versions)
    requireUnchanged(before, seen)
    if (changes.allowed_ips) {
      const policy = await readPolicy(ctx.db, ctx.organization.id)
      requirePolicy(policy, { ...before, allowed_ips: changes.allowed_ips }, before.created_at, ['addresses'])
    }
    const row = await ctx.db.apiKey.update({
      where: { id: before.id },
      data: { ...changes, scopes },
      select: KEY_SELECT,
    })
    // As it has become; where that is too wide, the transaction takes it back.
    requireWithinBounds(acting, row)
    requireProofToWiden(ctx, widensLiveKey(before, row))
    // An edit that changes nothing is none.
    if (!isDeepStrictEqual(factsOf(action, before), factsOf(action, row))) {
      await recordAudit(ctx, { action, target: keyTarget(row), before, after: row })
    }
    return showKey(row, now)
  })
}
