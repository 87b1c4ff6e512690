import { DomainError } from '@/lib/base/errors'
import type { Context } from '@/lib/kernel/actors/context'
import { requireManageKeys } from '@/lib/kernel/actors/permissions'
import { inTransaction } from '@/lib/kernel/db/transaction'
import type { RevokedKeys, RevokeKeysInput } from '@/lib/keys/contract'
import { lockForChange } from '@/lib/keys/life/acting-key'
import { markRevoked } from '@/lib/keys/life/revocation/mark-revoked'

type Result = RevokedKeys['data'][number]

/**
 * Revokes several keys, each in a transaction of its own: one that cannot be revoked keeps none of the others alive.
 * @returns what became of each, in the order in which they were named
 * @throws DomainError role_forbids, developer_api_disabled
 */
export async function revokeKeys(context: Context, { ids, ...input }: RevokeKeysInput): Promise<RevokedKeys> {
  requireManageKeys(context)
  const revokeOne = (id: string) =>
    inTransaction(context, async (ctx): Promise<Result> => {
      const { key, now } = await lockForChange(ctx, id)
      const row = await markRevoked(ctx, key, input, now)
      return { id, result: row === key ? 'already_revoked' : 'revoked', detail: null }
    })
  const data: Result[] = []
  for (const id of ids) data.push(await revokeOne(id).catch((error: unknown) => asResult(id, error)))
  return { data }
}

function asResult(id: string, error: unknown): Result {
  if (!(error instanceof DomainError)) throw error
  if (error.code === 'not_found') return { id, result: 'not_found', detail: null }
  return { id, result: 'refused', detail: error.detail }
}
