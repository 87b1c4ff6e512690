import { DomainError } from '@/lib/base/errors'
import { catalogue } from '@/lib/contracts/scopes/catalogue'
import { endOf, type KeyDates } from '@/lib/keys/ends'

/**
 * A key that is at work is asked again whether it is still in use: as it stands now, not as it stood when the call came in.
 * `key_prefix` names it in the refusal.
 */

/**
 * @param key undefined or null: there is none any more
 * @param now the database's clock
 * @throws DomainError invalid_key, revoked_key, rotated_key, expired_key
 */
export function requireInUse<Key extends KeyDates>(key: Key | null | undefined, key_prefix: string, now: Date): Key {
  if (!key) throw new DomainError('invalid_key', `Key ${key_prefix} was deleted.`, { key_prefix })
  const end = endOf(key, now)
  if (end) throw new DomainError(end.refusal, `Key ${key_prefix} is ${end.status}.`, { key_prefix })
  return key
}

/** @throws DomainError insufficient_scope */
export function requireScope({ scopes }: { scopes: readonly string[] }, key_prefix: string, scope: string): void {
  if (catalogue().grants(scopes, scope)) return
  throw new DomainError('insufficient_scope', `Key ${key_prefix} lacks ${scope}.`, {
    key_prefix,
    required_scopes: [scope],
  })
}
