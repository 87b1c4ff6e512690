import { localDate, localTime } from '@/components/ui/instant'
import { HOUR_MS } from '@/lib/base/time'
import { MAX_LIFETIME_HOURS } from '@/lib/keys/contract'

const DAY_HOURS = 24

export const EXPIRY_CHOICES = ['never', '1h', '1d', '7d', '30d', '90d', '1y', 'custom'] as const
export type ExpiryChoice = (typeof EXPIRY_CHOICES)[number]

/** `at`: of `custom`, as a `datetime-local` input gives it: the reader's own zone. */
export type Expiry = { choice: ExpiryChoice; at: string }

export const EXPIRY_LABELS: Record<ExpiryChoice, string> = {
  never: 'No expiry',
  '1h': '1 hour',
  '1d': '1 day',
  '7d': '7 days',
  '30d': '30 days',
  '90d': '90 days',
  '1y': '1 year',
  custom: 'Custom',
}

const HOURS: Record<Exclude<ExpiryChoice, 'never' | 'custom'>, number> = {
  '1h': 1,
  '1d': DAY_HOURS,
  '7d': 7 * DAY_HOURS,
  '30d': 30 * DAY_HOURS,
  '90d': 90 * DAY_HOURS,
  '1y': MAX_LIFETIME_HOURS,
}

const DURATIONS = ['1h', '1d', '7d', '30d', '90d', '1y'] as const

/** When a key made at `now` will expire; null: never, or not yet told. */
export function expiryInstant({ choice, at }: Expiry, now: number): number | null {
  if (choice === 'never') return null
  if (choice !== 'custom') return now + HOURS[choice] * HOUR_MS
  const instant = Date.parse(at)
  return Number.isNaN(instant) ? null : instant
}

/** What is wrong with it; null: nothing. The database's clock judges again. */
export function expiryProblem({ choice, at }: Expiry, now: number): string | null {
  if (choice !== 'custom') return null
  const instant = expiryInstant({ choice, at }, now)
  if (instant === null) return 'Choose a date and a time.'
  if (instant <= now) return 'This instant is past; choose a later one.'
  const latest = now + MAX_LIFETIME_HOURS * HOUR_MS
  return instant > latest ? `At most 1 year ahead: ${localTime(latest)}.` : null
}

/** The fields of the request. Durations are sent as such, so that they are counted from the database's clock. */
export function expiryFields({ choice, at }: Expiry): { expires_in_hours?: number; expires_at?: string } {
  if (choice === 'never') return {}
  if (choice === 'custom') return { expires_at: new Date(at).toISOString() }
  return { expires_in_hours: HOURS[choice] }
}

/** For the sentence about the key: "until 17 Feb 2027", or with the time where it ends within two days. */
export function untilPhrase(instant: number | null, now: number): string | null {
  if (instant === null) return null
  const soon = instant - now < 2 * DAY_HOURS * HOUR_MS
  return `until ${soon ? localTime(instant) : localDate(instant)}`
}

/** What a successor is offered first: as long a life as its predecessor's, or the nearest shorter one. */
export function sameExpiry(key: { created_at: string; expires_at: string | null }): ExpiryChoice {
  if (key.expires_at === null) return 'never'
  const life = (Date.parse(key.expires_at) - Date.parse(key.created_at)) / HOUR_MS
  return DURATIONS.findLast((choice) => HOURS[choice] <= life) ?? '1h'
}
