import pg from 'pg'
import { runtime } from '@/lib/runtime'

/**
 * Connections on which statements follow each other without waiting for replies (PostgreSQL's pipelining). For short
 * statements that each stand alone: two such lanes carry more of them than sixteen pooled connections, because the
 * server is woken once for many. Measured in `bench/`.
 */
const LANES = 2

/** A statement that takes longer has met a database in trouble; the lane is closed and every waiter is told. */
const TIMEOUT_MS = 10_000

declare global {
  var latchkeyLanes: { open: (Promise<pg.Client> | undefined)[]; turn: number } | undefined
}

function lanes() {
  globalThis.latchkeyLanes ??= { open: Array.from({ length: LANES }), turn: 0 }
  return globalThis.latchkeyLanes
}

/** Opens lane `index`; when it breaks it is forgotten, and the next statement opens it anew. */
async function openLane(index: number): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: runtime().databaseUrl,
    application_name: 'latchkey lane',
    pipeline: true,
    query_timeout: TIMEOUT_MS,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  })
  const { open } = lanes()
  const forget = () => {
    if (open[index] === opening) open[index] = undefined
  }
  client.on('error', forget)
  client.on('end', forget)
  const opening = client.connect().then(() => client)
  open[index] = opening
  opening.catch(forget)
  return opening
}

/** Runs one statement that stands alone: it is its own transaction, and shares its connection with others at once. */
export async function runInLane(statement: pg.QueryConfig): Promise<pg.QueryResult> {
  const state = lanes()
  state.turn = (state.turn + 1) % LANES
  const client = await (state.open[state.turn] ?? openLane(state.turn))
  return client.query(statement)
}

/** Closes the lanes after what they carry; the next statement opens new ones. */
export async function closeLanes() {
  const { open } = lanes()
  globalThis.latchkeyLanes = undefined
  await Promise.allSettled(open.map(async (opening) => (await opening)?.end()))
}
