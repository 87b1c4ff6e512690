import { DAY_MS } from '@/lib/base/time'
import { REMINDER_DAYS } from '@/lib/contracts/key-terms'
import type { WireKey } from '@/lib/queries/keys'

/**
 * Whether a key in use will expire soon, for what it was made for: within the longest of the reminders that its life is
 * longer than.
 * @param now milliseconds
 */
export function isCloseToExpiry(
  { status, created_at, expires_at }: Pick<WireKey, 'status' | 'created_at' | 'expires_at'>,
  now: number,
): boolean {
  if (expires_at === null || (status !== 'active' && status !== 'expiring')) return false
  const end = Date.parse(expires_at)
  const days = REMINDER_DAYS.find((days) => end - Date.parse(created_at) > days * DAY_MS)
  return days !== undefined && end - now <= days * DAY_MS
}
