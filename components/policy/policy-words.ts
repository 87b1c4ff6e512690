import { countOf } from '@/components/keys/describe-calls'
import type { WireBreach, WirePolicy } from '@/lib/queries/policy'

const DAY_HOURS = 24

/** "30 days", "36 hours". */
export const lifetimeInWords = (hours: number): string =>
  hours % DAY_HOURS === 0 ? countOf(hours / DAY_HOURS, 'day') : countOf(hours, 'hour')

/** What a policy asks, one sentence for each rule; none where it asks nothing. */
export function policySentences({ keys_must_expire, longest_lifetime_hours, allowed_ranges }: WirePolicy): string[] {
  const longest = longest_lifetime_hours === null ? null : lifetimeInWords(longest_lifetime_hours)
  const expiry = longest
    ? keys_must_expire
      ? `Keys must expire, within ${longest}.`
      : `A key that expires lives ${longest} at most.`
    : keys_must_expire && 'Keys must expire.'
  const addresses = allowed_ranges.length > 0 && `Allowlists must lie within ${allowed_ranges.join(', ')}.`
  return [expiry, addresses].filter((sentence) => typeof sentence === 'string')
}

export const RULE_WORDS: Record<WireBreach['rules'][number], string> = {
  expiry: 'never expires',
  lifetime: 'lives too long',
  addresses: 'allows other addresses',
}
