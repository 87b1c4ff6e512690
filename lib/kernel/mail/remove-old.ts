import { removeEnded } from '@/lib/kernel/db/remove-old'

/** Removes the counts of mails that no longer limit anything. */
export const removeOldMailCounts = (): Promise<void> => removeEnded({ table: 'mail_counts', column: 'ends_at' })
