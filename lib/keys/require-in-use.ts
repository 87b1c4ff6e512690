import { DomainError } from '@/lib/base/errors'
import { addressesWithin } from '@/lib/contracts/addresses/within'
import { catalogue } from '@/lib/contracts/scopes/catalogue'
import type { Database } from '@/lib/kernel/db/transaction'
import { endOf, type KeyDates } from '@/lib/keys/ends'
import { findSuccessor, type Rotated, rotatedKey } from '@/lib/keys/rotated'

/**
 * A key that is at work is asked again whether it is still in use: as it stands now, not as it stood when the call came in.
 * `key_prefix` names it in the refusal.
 */

/**
 * @param key undefined or null: there is none any more
 * @param now the database's clock
 * @throws DomainError invalid_key, revoked_key, rotated_key with the key to use instead, expired_key
 */
export async function requireInUse<Key extends KeyDates & Rotated>(
  db: Database,
  key: Key | null | undefined,
  key_prefix: string,
  now: Date,
): Promise<Key> {
  if (!key) throw new DomainError('invalid_key', `Key ${key_prefix} was deleted.`, { key_prefix })
  const end = endOf(key, now)
  if (end?.refusal === 'rotated_key') throw rotatedKey(key_prefix, await findSuccessor(db, key))
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

/**
 * @param address the caller's; null: nobody knows it
 * @throws DomainError ip_not_allowed
 */
export function requireAddress(
  { allowed_ips }: { allowed_ips: readonly string[] },
  key_prefix: string,
  address: string | null,
): void {
  if (allowed_ips.length === 0 || (address !== null && addressesWithin(allowed_ips, [address]))) return
  const from = address ?? 'an address that is not known'
  throw new DomainError('ip_not_allowed', `Key ${key_prefix} cannot be used from ${from}.`, { key_prefix })
}
