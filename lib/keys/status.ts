import { DAY_MS } from '@/lib/base/time'
import type { KeyStatus } from '@/lib/contracts/key-terms'
import { endOf, type KeyDates } from '@/lib/keys/ends'

/** A key made for longer than this is `expiring` when no more than this is left. */
export const EXPIRING_MS = 7 * DAY_MS

/**
 * The state of a key at `now`, which must be the database's clock. Derived, never stored. The authenticating
 * statement decides the same; a test holds the two together.
 */
export function statusOfKey(key: KeyDates, now: Date): KeyStatus {
  const end = endOf(key, now)
  if (end) return end.status
  if (key.retires_at) return 'retiring'
  if (!key.expires_at) return 'active'
  const left = key.expires_at.getTime() - now.getTime()
  const life = key.expires_at.getTime() - key.created_at.getTime()
  return left <= EXPIRING_MS && life > EXPIRING_MS ? 'expiring' : 'active'
}
