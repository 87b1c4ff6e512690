import { addressesWithin } from '@/lib/contracts/addresses/within'
import { catalogue } from '@/lib/contracts/scopes/catalogue'
import type { Environment } from '@/lib/kernel/db/generated/enums'

/** What limits a key, and with it every key that it acts on. */
export type KeyBounds = {
  environment: Environment
  scopes: readonly string[]
  /** Addresses and CIDR ranges; empty: any address. */
  allowed_ips: readonly string[]
  /** Calls per minute that the key itself was given; null: no fewer than the organisation's. */
  rate_limit?: number | null
  expires_at: Date | null
  /** End of the grace after a rotation. */
  retires_at?: Date | null
}

export type Bound = 'environment' | 'scopes' | 'expiry' | 'allowlist' | 'rate limit'

/**
 * The first bound of `actor` that `key` goes beyond; null: it is within them all. What `key` opens, at whatever moment
 * and from whatever address, `actor` opens too. The rate limit is among them, or a key that was slowed down would make
 * itself a fast one. A rotated key in its grace ends with the grace.
 */
export function exceededBound(actor: KeyBounds, key: KeyBounds): Bound | null {
  if (key.environment !== actor.environment) return 'environment'
  if (!key.scopes.every((scope) => catalogue().grants(actor.scopes, scope))) return 'scopes'
  if (endsAt(key) > endsAt(actor)) return 'expiry'
  if (!addressesWithin(actor.allowed_ips, key.allowed_ips)) return 'allowlist'
  if ((key.rate_limit ?? Infinity) > (actor.rate_limit ?? Infinity)) return 'rate limit'
  return null
}

/** Whether a key that acts as `actor` may make, or have acted on, a key like `key`. */
export const withinBounds = (actor: KeyBounds, key: KeyBounds): boolean => exceededBound(actor, key) === null

/** When a key ends by its dates, in milliseconds since the epoch; Infinity: never. */
export const endsAt = ({ expires_at, retires_at }: KeyBounds): number =>
  Math.min(expires_at?.getTime() ?? Infinity, retires_at?.getTime() ?? Infinity)
