import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/base/time'

/** A unit, its length, and from where on it is used, if later: "in 45 days" says more than "in 2 months". */
const UNITS: [Intl.RelativeTimeFormatUnit, number, number?][] = [
  ['year', 365 * DAY_MS],
  ['month', 30 * DAY_MS, 60 * DAY_MS],
  ['day', DAY_MS],
  ['hour', HOUR_MS],
  ['minute', MINUTE_MS],
]

const relative = new Intl.RelativeTimeFormat('en-GB', { numeric: 'always' })

/** "3 minutes ago", "in 2 days". Within a minute of `now`: "just now", or "in under a minute". */
export function relativeTime(at: number, now: number): string {
  const distance = at - now
  const unit = UNITS.find(([, size, from = size]) => Math.abs(distance) >= from)
  if (!unit) return distance > 0 ? 'in under a minute' : 'just now'
  return relative.format(Math.round(distance / unit[1]), unit[0])
}

const DATE: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' }
const DATE_AND_TIME: Intl.DateTimeFormatOptions = { ...DATE, hour: '2-digit', minute: '2-digit', timeZoneName: 'short' }

/** "17 Feb 2027, 09:30 UTC". */
export const utcTime = (at: number): string =>
  new Intl.DateTimeFormat('en-GB', { ...DATE_AND_TIME, timeZone: 'UTC' }).format(at)

/** The same in the reader's zone, named; only for what is rendered in the browser alone. */
export const localTime = (at: number): string => new Intl.DateTimeFormat('en-GB', DATE_AND_TIME).format(at)

/** Both, in one phrase; once where the reader's zone is UTC. */
export function exactTime(at: number): string {
  const [local, utc] = [localTime(at), utcTime(at)]
  return local === utc ? utc : `${local} (${utc})`
}

/** "17 Feb 2027", in the reader's zone. */
export const localDate = (at: number): string => new Intl.DateTimeFormat('en-GB', DATE).format(at)
