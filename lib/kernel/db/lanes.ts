import pg from 'pg'
import { runtime } from '@/lib/base/node/runtime'
import { fixSession } from '@/lib/kernel/db/session'
import { CONNECT_MS, DECIDE_MS, endHeldConnections } from '@/lib/kernel/db/time-limits'

/** Two: while the database works on one batch, the process reads the last one and gathers the next. */
export const LANES = 2

declare global {
  var latchkeyLanes: pg.Pool | undefined
}

/** Connections for the statement that decides every request: slow work, which may fill the pool, never keeps it waiting. */
export function lanes(): pg.Pool {
  if (!globalThis.latchkeyLanes) {
    const lanes = new pg.Pool({
      connectionString: runtime().databaseUrl,
      application_name: 'latchkey lane',
      onConnect: fixSession,
      max: LANES,
      idleTimeoutMillis: 0,
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
    })
    // As in the pool: an idle connection that breaks is replaced at the next use.
    lanes.on('error', () => {})
    endHeldConnections(lanes, DECIDE_MS)
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
