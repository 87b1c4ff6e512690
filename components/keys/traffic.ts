import { callsOf } from '@/components/keys/describe-calls'
import type { WireKeyUsage, WireListedKey } from '@/lib/queries/keys'

/**
 * Whether a key is in use: by its calls in 24 hours and in 7 days, whatever became of them. A shorter time would miss a job
 * that runs by night, or weekly. Everything that judges a key by its use judges here.
 */
export type Traffic = { day: number; week: number }

const sum = (counts: readonly number[]) => counts.reduce((one, other) => one + other, 0)

export const trafficOf = ({ spans: { day, week } }: WireKeyUsage): Traffic => ({
  day: sum(Object.values(day)),
  week: sum(Object.values(week)),
})

export const trafficOfDays = ({ calls_by_day }: Pick<WireListedKey, 'calls_by_day'>): Traffic => ({
  day: calls_by_day.at(-1) ?? 0,
  week: sum(calls_by_day),
})

/** "1,640 calls in 24 hours, 9,012 in 7 days". */
export const trafficInWords = ({ day, week }: Traffic): string =>
  week === 0
    ? 'No calls in 7 days'
    : `${day === 0 ? 'No calls' : callsOf(day)} in 24 hours, ${week.toLocaleString('en-GB')} in 7 days`

/** What the traffic of a key that is about to go says to whoever takes it away; null: nothing speaks against it. */
export function trafficWarning(traffic: Traffic): string | null {
  if (traffic.week === 0) return null
  return `${traffic.day > 0 ? 'It is in use' : 'It was used this week'}: ${trafficInWords(traffic)}.`
}

/** What to do with the old key of a rotation. @param caller who called last, in words */
export function rotationAdvice(traffic: Traffic, caller: string): string {
  if (traffic.week === 0) return 'Nothing has used the old key for 7 days: it can be revoked.'
  if (traffic.day === 0) {
    return `The old key was used this week, though not in 24 hours${caller && `: last ${caller}`}. Wait for what runs weekly, or give it the new key.`
  }
  return `The old key is still used${caller && `, last ${caller}`}. Give that integration the new key.`
}
