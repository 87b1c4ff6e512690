import { type KeyBounds, withinBounds } from '@/lib/keys/life/bounds'

/**
 * Whether a change lets a live key open more than it did, or open it from elsewhere or more often. A test key opens only
 * the sandbox.
 * @param before null: what the key opens afterwards, nobody could open with it before
 */
export const widensLiveKey = (before: KeyBounds | null, after: KeyBounds): boolean =>
  after.environment === 'live' && (before === null || !withinBounds(before, after))
