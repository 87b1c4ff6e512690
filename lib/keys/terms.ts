/** The words that keys are told apart by. Apart from the contract, so that a page can name them without its schemas. */

export const KEY_ENVIRONMENTS = ['live', 'test'] as const
export type KeyEnvironment = (typeof KEY_ENVIRONMENTS)[number]

export const KEY_STATUSES = ['active', 'expiring', 'retiring', 'rotated', 'revoked', 'expired'] as const
export type KeyStatus = (typeof KEY_STATUSES)[number]

/** What is worth a look among the keys that work. */
export const KEY_CONCERNS = ['expiring_30d', 'never_expires', 'idle_90d', 'never_used', 'unused_writes'] as const
export type KeyConcern = (typeof KEY_CONCERNS)[number]
