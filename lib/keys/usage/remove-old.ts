import { removeEnded } from '@/lib/kernel/db/remove-old'

const KEPT_DAYS = 90

/** Removes the counters that nothing shows any more. */
export const removeOldUsage = (): Promise<void> => removeEnded({ table: 'key_usage', column: 'hour' }, KEPT_DAYS)
