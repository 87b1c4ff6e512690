import { InvalidArgumentError } from 'commander'

/** How options are written. */

const HOURS: Record<string, number> = { h: 1, d: 24 }

/** `72h`, `7d` or `0`, in hours. */
export function hours(text: string): number {
  const [, count, unit] = /^(\d{1,6})([hd])$/.exec(text) ?? []
  if (text === '0') return 0
  if (!count || !unit) throw new InvalidArgumentError('Write hours or days: 72h, 7d.')
  return Number(count) * (HOURS[unit] ?? 1)
}

/** `a,b,c`. */
export const list = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)

export function onOff(text: string): boolean {
  if (text !== 'on' && text !== 'off') throw new InvalidArgumentError('Write on or off.')
  return text === 'on'
}

/** A number, or `plan` for the plan's own. (Commander takes null for no value, so `plan` stays as it is.) */
export function rateLimit(text: string): number | 'plan' {
  if (text === 'plan') return text
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('Write a number of calls per minute, or plan.')
  return Number(text)
}
