import { bulk } from '@/lib/db/client'

/** Removes the links that nobody has used in time; every process does it now and then. */
export async function removeOldResets(): Promise<void> {
  await bulk().pool.query('DELETE FROM password_resets WHERE expires_at < clock_timestamp()')
}
