import { removeEnded } from '@/lib/kernel/db/remove-old'

/** Removes the links that nobody has used in time. */
export const removeOldResets = (): Promise<void> => removeEnded({ table: 'password_resets', column: 'expires_at' })
