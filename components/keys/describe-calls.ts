import type { WireKey, WireKeyUsage } from '@/lib/queries/keys'

/** How numbers of calls are said. */

export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`

export const callsOf = (count: number): string => countOf(count, 'call')

const hour = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' })

/** "42 calls since 13:00 UTC". The zone is named, and is the same on the server and in the browser. */
export const recentCalls = ({ recent }: WireKeyUsage): string =>
  `${recent.calls === 0 ? 'No calls' : callsOf(recent.calls)} since ${hour.format(Date.parse(recent.since))} UTC`

/** Who called last: "from 203.0.113.9, by curl/8". */
export function lastCaller({ last_used_address, last_used_agent }: WireKey): string {
  const parts = [last_used_address && `from ${last_used_address}`, last_used_agent && `by ${last_used_agent}`]
  return parts.filter(Boolean).join(', ')
}
