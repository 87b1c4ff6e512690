import { removeEnded } from '@/lib/kernel/db/remove-old'

/** Removes the records that are over. */
export const removeOldRecords = (): Promise<void> => removeEnded({ table: 'idempotency_records', column: 'expires_at' })
