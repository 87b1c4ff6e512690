import type pg from 'pg'
import { MINUTE_MS } from '@/lib/base/time'

/**
 * How long each step of a call may wait for the database, in milliseconds. A call that meets several of them is ended by
 * the deadline of its reply, which is longer than each.
 */

/** For a free connection, and for a new one to open. */
export const CONNECT_MS = 4_000

/** From being given a connection to giving it back: a statement, or a transaction whole. */
export const HOLD_MS = 8_000

/** For a read whose cost depends on what is asked, such as a search: Postgres ends its statements itself. */
export const BRIEF_MS = 3_000

/** For a lock on a row or a table: shorter, so that what waits for one still can tell why. */
export const LOCK_MS = 5_000

/** The statement that decides a call holds one of the lanes, for which every other call waits. */
export const DECIDE_MS = 5_000

/** The same for work for which nobody waits. */
export const BULK_HOLD_MS = 30 * MINUTE_MS

/** How exactly they are kept: one timer looks after all connections of a pool. */
const LOOK_EVERY_MS = 250

/**
 * Ends every connection that is held for longer than `ms`: whoever waits for an answer on it is told at once, and the
 * pool opens another in its place. Postgres' own time limits are of no help where Postgres, or the way to it, is what hangs.
 *
 * Time in which this process itself stood still, as a machine that is moved or has no processor to spare makes it, is not
 * counted: the answers are there by then, and have only to be read.
 */
export function endHeldConnections(pool: pg.Pool, ms: number): void {
  const held = new Map<pg.PoolClient, number>()
  let timer: NodeJS.Timeout | null = null
  let looked = 0
  let stood = 0
  const counted = () => performance.now() - stood

  function look() {
    const now = performance.now()
    const late = now - looked - LOOK_EVERY_MS
    if (late > LOOK_EVERY_MS) stood += late
    looked = now
    const latest = counted() - ms
    for (const [client, since] of held) {
      // In the order in which they were taken.
      if (since > latest) break
      held.delete(client)
      // Not waited for: with a statement under way the socket is cut, and that statement fails.
      void endConnection(client)
    }
    if (held.size > 0 || !timer) return
    clearInterval(timer)
    timer = null
  }

  pool.on('acquire', (client) => {
    held.delete(client)
    held.set(client, counted())
    if (timer) return
    looked = performance.now()
    timer = setInterval(look, LOOK_EVERY_MS).unref()
  })
  pool.on('release', (_, client) => held.delete(client))
}

/** A pooled connection has this method of every client; the types leave it out, for the pool is to end them. */
const endConnection = (client: pg.PoolClient & { end?: () => Promise<void> }) => client.end?.()
