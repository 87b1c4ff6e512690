import type { KeyStatus } from '@/lib/contracts/key-terms'
import type { WireKey } from '@/lib/queries/keys'

export const STATUS_LABELS: Record<KeyStatus, string> = {
  active: 'Active',
  expiring: 'Expiring',
  retiring: 'Retiring',
  rotated: 'Rotated',
  revoked: 'Revoked',
  expired: 'Expired',
}

/** What each status means for whoever uses the key. */
export const STATUS_MEANINGS: Record<KeyStatus, string> = {
  active: 'Accepted.',
  expiring: 'Accepted, and ends within 7 days.',
  retiring: 'Rotated; accepted until its grace ends.',
  rotated: 'Refused: it was rotated, and its grace is over.',
  revoked: 'Refused: it was revoked.',
  expired: 'Refused: it has expired.',
}

export const ENVIRONMENT_LABELS: Record<WireKey['environment'], string> = { live: 'Live', test: 'Test' }

/** Marks a key that the docs minted; its name does not: anybody may give that. */
export const PLAYGROUND_LABEL = 'Docs playground, 1 h'
