import { DomainError } from '@/lib/base/errors'
import type { Context } from '@/lib/kernel/actors/context'
import { mayManageKeys, requireManageKeys } from '@/lib/kernel/actors/permissions'
import { databaseNow, type Transaction } from '@/lib/kernel/db/transaction'
import { markRevoked } from '@/lib/keys/life/revocation/mark-revoked'
import { lockKeys } from '@/lib/keys/rows'
import type { KeyDecisions } from '@/lib/people/members/contract'
import { type Change, keysBeyond } from '@/lib/people/members/keys-beyond'

type TransactionContext = Context & { db: Transaction }

/** Call it before `lockPeople`: keys are locked before their organisation everywhere, so that nobody waits in a circle. */
export async function lockDecidedKeys(ctx: TransactionContext, keys: KeyDecisions | undefined): Promise<void> {
  if (keys && keys.revoke.length > 0) await lockKeys(ctx, keys.revoke)
}

/**
 * Revokes what is to be revoked of the keys that the person can no longer make. Whoever may not manage keys leaves all
 * of them as they are.
 * @returns for the audit: the prefixes of the keys, by what became of them; undefined where it was about none
 * @throws DomainError wrong_state when one of them is in neither list; role_forbids, developer_api_disabled
 */
export async function carryOutDecisions(
  ctx: TransactionContext,
  { keys: decisions, ...change }: Change & { keys: KeyDecisions | undefined },
): Promise<{ keys_revoked?: string[]; keys_kept?: string[] } | undefined> {
  if (!decisions) return undefined
  if (decisions.revoke.length > 0) requireManageKeys(ctx)
  const beyond = await keysBeyond(ctx, change)
  const { revoke, keep } = decisions
  const undecided = beyond.filter(({ id }) => !revoke.includes(id) && !keep.includes(id))
  if (undecided.length > 0 && mayManageKeys(ctx).allowed) {
    const prefixes = undecided.map(({ key_prefix }) => key_prefix).join(', ')
    throw new DomainError('wrong_state', `Say what becomes of ${prefixes}: revoke or keep.`)
  }
  if (beyond.length === 0) return undefined
  const now = await databaseNow(ctx.db)
  const revoked = beyond.filter(({ id }) => revoke.includes(id))
  const reason = `${change.before.email} ${change.after ? 'may no longer make it' : 'was removed'}.`
  for (const key of revoked) await markRevoked(ctx, key, { reason, leaked: false }, now)
  const kept = beyond.filter((key) => !revoked.includes(key))
  const prefixesOf = (rows: typeof beyond) => rows.map(({ key_prefix }) => key_prefix)
  return {
    ...(revoked.length > 0 && { keys_revoked: prefixesOf(revoked) }),
    ...(kept.length > 0 && { keys_kept: prefixesOf(kept) }),
  }
}
