import { lifetimeInWords } from '@/components/policy/policy-words'
import { localDate, localTime } from '@/components/ui/instant'
import { HOUR_MS } from '@/lib/base/time'
import { MAX_LIFETIME_HOURS } from '@/lib/keys/contract'
import type { WirePolicy } from '@/lib/queries/policy'

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

/** Where an expiry is asked for, and nobody has said which. */
const USUAL_HOURS = HOURS['90d']

const DURATIONS = ['1h', '1d', '7d', '30d', '90d', '1y'] as const

/** What the organisation's policy asks of an expiry. */
export type ExpiryRule = Pick<WirePolicy, 'keys_must_expire' | 'longest_lifetime_hours'>

/** The longest life of a key that expires, in hours. */
export const longestHours = ({ longest_lifetime_hours }: ExpiryRule): number =>
  longest_lifetime_hours ?? MAX_LIFETIME_HOURS

const nearestDuration = (hours: number) => DURATIONS.findLast((choice) => HOURS[choice] <= hours) ?? '1h'

/** What is chosen before anybody has: nothing that the policy would refuse. */
export const firstChoice = (rule: ExpiryRule): ExpiryChoice =>
  rule.keys_must_expire ? nearestDuration(Math.min(USUAL_HOURS, longestHours(rule))) : 'never'

/** What the policy leaves to choose from. */
export const offeredChoices = (rule: ExpiryRule): ExpiryChoice[] =>
  EXPIRY_CHOICES.filter(
    (choice) =>
      choice === 'custom' || (choice === 'never' ? !rule.keys_must_expire : HOURS[choice] <= longestHours(rule)),
  )

/** When a key made at `now` will expire; null: never; undefined: that is not chosen yet. */
export function expiryInstant({ choice, at }: Expiry, now: number): number | null | undefined {
  if (choice === 'never') return null
  if (choice !== 'custom') return now + HOURS[choice] * HOUR_MS
  const instant = Date.parse(at)
  return Number.isNaN(instant) ? undefined : instant
}

/** What is wrong with it; null: nothing. The database's clock judges again. */
export function expiryProblem({ choice, at }: Expiry, now: number, rule: ExpiryRule): string | null {
  const instant = expiryInstant({ choice, at }, now)
  if (instant === undefined) return 'Choose a date and a time.'
  if (instant === null) return rule.keys_must_expire ? "By your organisation's policy keys must expire." : null
  if (instant <= now) return 'This instant is past; choose a later one.'
  const latest = now + longestHours(rule) * HOUR_MS
  if (instant <= latest) return null
  return rule.longest_lifetime_hours === null
    ? `At most 1 year ahead: ${localTime(latest)}.`
    : `By your organisation's policy at most ${lifetimeInWords(rule.longest_lifetime_hours)} ahead: ${localTime(latest)}.`
}

/** The fields of the request. Durations are sent as such, so that they are counted from the database's clock. */
export function expiryFields({ choice, at }: Expiry): { expires_in_hours?: number; expires_at?: string } {
  if (choice === 'never') return {}
  if (choice === 'custom') return { expires_at: new Date(at).toISOString() }
  return { expires_in_hours: HOURS[choice] }
}

/** For the sentence about the key: "until 17 Feb 2027", or with the time where it ends within two days. */
export function untilPhrase(instant: number | null | undefined, now: number): string | null | undefined {
  if (typeof instant !== 'number') return instant
  const soon = instant - now < 2 * DAY_HOURS * HOUR_MS
  return `until ${soon ? localTime(instant) : localDate(instant)}`
}

/** What a successor is offered first: as long a life as its predecessor's, or the nearest shorter one that the policy allows. */
export function sameExpiry(key: { created_at: string; expires_at: string | null }, rule: ExpiryRule): ExpiryChoice {
  if (key.expires_at === null) return firstChoice(rule)
  const life = (Date.parse(key.expires_at) - Date.parse(key.created_at)) / HOUR_MS
  return nearestDuration(Math.min(life, longestHours(rule)))
}
