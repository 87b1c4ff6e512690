import type pg from 'pg'
import { runtime } from '@/lib/base/node/runtime'
import { openClient } from '@/lib/kernel/db/session'

/** Runs `work` on a connection of its own that no limit of a request ends: for filling tables, however slow the machine. */
export async function withoutLimits(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = await openClient({ connectionString: runtime().databaseUrl })
  try {
    await client.query('SET statement_timeout = 0')
    await work(client)
  } finally {
    await client.end()
  }
}
