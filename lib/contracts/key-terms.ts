/** The words that keys are told apart by. Apart from the contract, so that a page can name them without its schemas. */

export const KEY_ENVIRONMENTS = ['live', 'test'] as const
export type KeyEnvironment = (typeof KEY_ENVIRONMENTS)[number]

export const KEY_STATUSES = ['active', 'expiring', 'retiring', 'rotated', 'revoked', 'expired'] as const
export type KeyStatus = (typeof KEY_STATUSES)[number]

/**
 * How a key ends: the first of these that is true is its status, and what a call with it is refused with. Each has its date,
 * and is true as soon as that is set, or once it has come.
 */
export const KEY_ENDS = [
  { status: 'revoked', date: 'revoked_at', ends: 'when set', refusal: 'revoked_key' },
  { status: 'rotated', date: 'retires_at', ends: 'when past', refusal: 'rotated_key' },
  { status: 'expired', date: 'expires_at', ends: 'when past', refusal: 'expired_key' },
] as const satisfies readonly { status: KeyStatus; [fact: string]: string }[]
export type KeyEnd = (typeof KEY_ENDS)[number]

/** How many days before its expiry a key's people are reminded, where it was made for longer. */
export const REMINDER_DAYS = [30, 7, 1]

/** What is worth a look among the keys in use. */
export const KEY_CONCERNS = ['expiring_30d', 'never_expires', 'idle_90d', 'never_used', 'unused_writes'] as const
export type KeyConcern = (typeof KEY_CONCERNS)[number]
