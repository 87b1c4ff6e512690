import { removeEnded } from '@/lib/kernel/db/remove-old'

const KEPT_DAYS = 90

/** Removes notices that are older than what the bell shows. */
export const removeOldNotices = (): Promise<void> => removeEnded({ table: 'notices', column: 'at' }, KEPT_DAYS)
