import { HOUR_MS, MINUTE_MS } from '@/lib/base/time'

/** Times of day in a zone, without the code under test. */

const formatters = new Map<string, Intl.DateTimeFormat>()

/** One for each zone: to make one takes longer than to use it. */
function formatterOf(zone: string): Intl.DateTimeFormat {
  const made = formatters.get(zone) ?? new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset' })
  formatters.set(zone, made)
  return made
}

/** How far the zone is ahead of UTC at an instant, in milliseconds. */
function offsetAt(zone: string, at: number): number {
  const parts = formatterOf(zone).formatToParts(at)
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign, hours, minutes] = /^GMT(?:([+-])(\d\d):(\d\d))?$/.exec(name) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * MINUTE_MS
}

/** What a clock on the wall shows at an instant: "2027-02-17T09:30". */
export const wallTime = (zone: string, at: number): string =>
  new Date(at + offsetAt(zone, at)).toISOString().slice(0, 16)

/** The next instants at which the zone's clocks are put forward and back, within a year; null where they never are. */
export function clockChanges(zone: string): { forward: number | null; back: number | null } {
  const start = Math.ceil(Date.now() / HOUR_MS) * HOUR_MS
  const hours = Array.from({ length: 360 * 24 }, (_, hour) => start + (hour + 1) * HOUR_MS)
  const change = (sign: number) =>
    hours.find((at) => Math.sign(offsetAt(zone, at) - offsetAt(zone, at - HOUR_MS)) === sign) ?? null
  return { forward: change(1), back: change(-1) }
}
