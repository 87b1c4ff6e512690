import type pg from 'pg'
import { openClient } from '@/lib/db/session'
import { StartError } from '@/lib/server/start-error'

/**
 * Opens a connection for a step of the start.
 * @throws StartError when the database cannot be reached
 */
export async function connectToDatabase(url: string, application_name: string): Promise<pg.Client> {
  try {
    return await openClient({ connectionString: url, application_name })
  } catch (error) {
    const reason = error instanceof Error ? error.message || error.name : String(error)
    const { host } = new URL(url)
    throw new StartError(
      `The database on ${host} cannot be reached: ${reason}. Check DATABASE_URL and MIGRATION_DATABASE_URL.`,
    )
  }
}
