import { DomainError } from '@/lib/base/errors'
import type { ResourceContext } from '@/lib/kernel/actors/context'
import { databaseNow } from '@/lib/kernel/db/transaction'
import { requireAddress, requireInUse, requireScope } from '@/lib/keys/require-in-use'
import { KEY_SELECT } from '@/lib/keys/rows'

/**
 * Asks once more whether a key is in use, for a request whose body was held back: nothing is done for a key that has ended
 * since the request began. It counts no second call.
 * @param scope what the operation needs
 * @throws DomainError invalid_key, revoked_key, rotated_key, expired_key, developer_api_disabled, ip_not_allowed, insufficient_scope
 */
export async function requireStillInUse({ db, actor, origin }: ResourceContext, scope: string | null): Promise<void> {
  const { key_prefix } = actor
  const row = await db.apiKey.findUnique({
    where: { id: actor.key_id },
    select: { ...KEY_SELECT, organization: { select: { developer_api: true } } },
  })
  const key = await requireInUse(db, row, key_prefix, await databaseNow(db))
  if (!key.organization.developer_api) {
    throw new DomainError('developer_api_disabled', 'The Developer API is off for this organisation.', { key_prefix })
  }
  requireAddress(key, key_prefix, origin.address)
  if (scope !== null) requireScope(key, key_prefix, scope)
}
