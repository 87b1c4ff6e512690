import pg from 'pg'
import { fixRequestSession } from '@/lib/db/session'
import { runtime } from '@/lib/runtime'

/** Two: while the database works on one batch, the process reads the last one and gathers the next. */
export const LANES = 2

/** A statement that takes longer has met a database in trouble; its connection is closed and every waiter is told. */
const TIMEOUT_MS = 10_000

declare global {
  var latchkeyLanes: pg.Pool | undefined
}

/** Connections for the statement that decides every request: slow work, which may fill the pool, never keeps it waiting. */
export function lanes(): pg.Pool {
  if (!globalThis.latchkeyLanes) {
    const lanes = new pg.Pool({
      connectionString: runtime().databaseUrl,
      application_name: 'latchkey lane',
      onConnect: fixRequestSession,
      max: LANES,
      idleTimeoutMillis: 0,
      query_timeout: TIMEOUT_MS,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    })
    // As in the pool: an idle connection that breaks is replaced at the next use.
    lanes.on('error', () => {})
    globalThis.latchkeyLanes = lanes
  }
  return globalThis.latchkeyLanes
}

/** Closes the lanes after what they carry; the next statement opens new ones. */
export async function closeLanes() {
  const open = globalThis.latchkeyLanes
  globalThis.latchkeyLanes = undefined
  await open?.end()
}
