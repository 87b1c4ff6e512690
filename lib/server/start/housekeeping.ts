import { log } from '@/lib/base/node/log'
import { MINUTE_MS } from '@/lib/base/time'
import { removeOldRecords } from '@/lib/kernel/idempotency/remove-old'
import { removeOldMailCounts } from '@/lib/kernel/mail/remove-old'
import { removeOldPlaygroundKeys } from '@/lib/keys/life/playground/remove-old'
import { removeOldUsage } from '@/lib/keys/usage/remove-old'
import { removeOldResets } from '@/lib/people/password-resets/remove-old'

const EVERY_MS = 10 * MINUTE_MS

/** Each removes what is over. Every process runs them; none disturbs another. */
export const CHORES = {
  removeOldRecords,
  removeOldUsage,
  removeOldPlaygroundKeys,
  removeOldResets,
  removeOldMailCounts,
}

async function doChores() {
  for (const [chore, work] of Object.entries(CHORES)) {
    await work().catch((err) => log.error({ err, chore }, 'A chore failed; it is tried again later.'))
  }
}

/**
 * Removes from time to time what is over.
 * @returns ends it
 */
export function keepHouse(): () => void {
  const timer = setInterval(() => void doChores(), EVERY_MS).unref()
  return () => clearInterval(timer)
}
