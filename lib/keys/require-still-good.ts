import type { ResourceContext } from '@/lib/actors/context'
import { databaseNow } from '@/lib/db/transaction'
import { DomainError } from '@/lib/errors'
import { SHOWN } from '@/lib/keys/rows'
import { keyStatus } from '@/lib/keys/status'
import { grants } from '@/lib/scopes/catalogue'

const ENDED = { revoked: 'revoked_key', rotated: 'rotated_key', expired: 'expired_key' } as const

/**
 * Asks once more whether a key is good, for a request whose body was held back: nothing is done for a key that has ended
 * since the request began. It counts no second call.
 * @param scope what the operation needs
 * @throws DomainError invalid_key, revoked_key, rotated_key, expired_key, developer_api_disabled, insufficient_scope
 */
export async function requireStillGood({ db, actor }: ResourceContext, scope: string | null): Promise<void> {
  const { key_prefix } = actor
  const key = await db.apiKey.findUnique({
    where: { id: actor.key_id },
    select: { ...SHOWN, organization: { select: { developer_api: true } } },
  })
  if (!key) throw new DomainError('invalid_key', `Key ${key_prefix} was deleted.`, { key_prefix })
  const status = keyStatus(key, await databaseNow(db))
  if (status === 'revoked' || status === 'rotated' || status === 'expired') {
    throw new DomainError(ENDED[status], `Key ${key_prefix} is ${status}.`, { key_prefix })
  }
  if (!key.organization.developer_api) {
    throw new DomainError('developer_api_disabled', 'The Developer API is off for this organisation.', { key_prefix })
  }
  if (scope !== null && !grants(key.scopes, scope)) {
    throw new DomainError('insufficient_scope', `Key ${key_prefix} lacks ${scope}.`, {
      key_prefix,
      required_scopes: [scope],
    })
  }
}
