import { addressesWithin } from '@/lib/contracts/addresses/within'
import { MAX_LIFETIME_HOURS } from '@/lib/keys/contract'
import type { Policy } from '@/lib/keys/policy/contract'

/** Whether a key could be made, or an allowlist set, under the policy `after` that `before` forbids. */
export function loosens(before: Policy, after: Policy): boolean {
  const longest = ({ longest_lifetime_hours }: Policy) => longest_lifetime_hours ?? MAX_LIFETIME_HOURS
  return (
    (before.keys_must_expire && !after.keys_must_expire) ||
    longest(after) > longest(before) ||
    !addressesWithin(before.allowed_ranges, after.allowed_ranges)
  )
}
