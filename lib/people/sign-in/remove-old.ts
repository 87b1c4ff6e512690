import { removeEnded } from '@/lib/kernel/db/remove-old'

/** Removes the sessions that are over: their cookies open nothing any more. */
export const removeOldSessions = (): Promise<void> => removeEnded({ table: 'sessions', column: 'expires_at' })
