import type { WireKey } from '@/lib/queries/keys'

/** How numbers of calls are said. */

export const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`

/** Of what was counted to a bound: "1,000+ keys". */
export const boundedCountOf = ({ count, exact }: { count: number; exact: boolean }, one: string): string =>
  exact ? countOf(count, one) : `${count.toLocaleString('en-GB')}+ ${one}s`

export const callsOf = (count: number): string => countOf(count, 'call')

/** Who called last: "from 203.0.113.9, by curl/8". */
export function lastCaller({ last_used_address, last_used_agent }: WireKey): string {
  const parts = [last_used_address && `from ${last_used_address}`, last_used_agent && `by ${last_used_agent}`]
  return parts.filter(Boolean).join(', ')
}
