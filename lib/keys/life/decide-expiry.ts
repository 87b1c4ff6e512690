import { validationFailed } from '@/lib/base/errors'
import { HOUR_MS } from '@/lib/base/time'
import type { Actor } from '@/lib/kernel/actors/context'
import { MAX_LIFETIME_HOURS, READ_ONLY_ADMIN_LIFETIME_HOURS } from '@/lib/keys/contract'
import type { Policy } from '@/lib/keys/policy/contract'

/**
 * When a key made now will expire; null: never. A Read-Only Admin's always has 72 hours, whatever was asked, or the
 * longest life that the policy allows where that is less.
 * @param now the database's clock, which will judge the key too
 * @throws DomainError validation_failed for an instant that is past or over a year ahead
 */
export function decideExpiry(
  actor: Actor,
  asked: { expires_at?: Date | null; expires_in_hours?: number },
  now: Date,
  { longest_lifetime_hours }: Pick<Policy, 'longest_lifetime_hours'>,
): Date | null {
  const after = (hours: number) => new Date(now.getTime() + hours * HOUR_MS)
  if (actor.kind === 'member' && actor.role === 'read_only_admin') {
    return after(Math.min(READ_ONLY_ADMIN_LIFETIME_HOURS, longest_lifetime_hours ?? READ_ONLY_ADMIN_LIFETIME_HOURS))
  }
  if (asked.expires_in_hours) return after(asked.expires_in_hours)
  if (!asked.expires_at) return null
  if (asked.expires_at <= now) {
    throw validationFailed([{ path: 'expires_at', message: 'This instant is past; choose a later one.' }])
  }
  if (asked.expires_at > after(MAX_LIFETIME_HOURS)) {
    throw validationFailed([
      {
        path: 'expires_at',
        message: `At most ${MAX_LIFETIME_HOURS} hours (1 year) ahead: ${after(MAX_LIFETIME_HOURS).toISOString()}.`,
      },
    ])
  }
  return asked.expires_at
}
