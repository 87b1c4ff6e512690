import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { gauge } from '@/lib/base/node/metrics'
import { runtime } from '@/lib/base/node/runtime'
import { PrismaClient } from '@/lib/kernel/db/generated/client'
import { closeLanes } from '@/lib/kernel/db/lanes'
import { fixSession } from '@/lib/kernel/db/session'
import { BULK_HOLD_MS, CONNECT_MS, endHeldConnections, HOLD_MS } from '@/lib/kernel/db/time-limits'

/** Connections of one process, for calls and pages. The pool and Prisma share them. */
const POOL_SIZE = 16

/** Of those that bulk work has for itself. */
const BULK_SIZE = 2

/** Of those that jobs have for themselves. */
const WORKER_SIZE = 4

type Connections = { pool: pg.Pool; prisma: PrismaClient }

// Next bundles its own copy of this module: one instance on globalThis serves both module graphs.
declare global {
  var latchkeyConnections: Connections | undefined
  var latchkeyBulkConnections: Connections | undefined
  var latchkeyWorkerConnections: Connections | undefined
}

/** @param longest for which a connection may be held, in milliseconds */
function connect(longest: number, settings: pg.PoolConfig): Connections {
  const pool = new pg.Pool({
    connectionString: runtime().databaseUrl,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    ...settings,
  })
  // An idle connection that breaks (a database restart) is replaced at the next use; unheard, it would end the process.
  pool.on('error', () => {})
  endHeldConnections(pool, longest)
  return { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) }
}

function connections(): Connections {
  globalThis.latchkeyConnections ??= connect(HOLD_MS, {
    max: POOL_SIZE,
    application_name: 'latchkey',
    onConnect: fixSession,
  })
  return globalThis.latchkeyConnections
}

/** For the statements that must be fast or that Prisma cannot say. */
export const pool = () => connections().pool

export const prisma = () => connections().prisma

/**
 * For work for which nobody waits and which may take minutes: it takes no connection from the calls, and none of their
 * limits ends it.
 */
export function bulk(): Connections {
  globalThis.latchkeyBulkConnections ??= connect(BULK_HOLD_MS, {
    max: BULK_SIZE,
    application_name: 'latchkey bulk',
    onConnect: fixSession,
  })
  return globalThis.latchkeyBulkConnections
}

/** For jobs: however many there are, calls keep their connections. */
export function workerPrisma(): PrismaClient {
  globalThis.latchkeyWorkerConnections ??= connect(HOLD_MS, {
    max: WORKER_SIZE,
    application_name: 'latchkey worker',
    onConnect: fixSession,
  })
  return globalThis.latchkeyWorkerConnections.prisma
}

const POOLS = [
  ['calls', () => globalThis.latchkeyConnections?.pool],
  ['bulk', () => globalThis.latchkeyBulkConnections?.pool],
  ['jobs', () => globalThis.latchkeyWorkerConnections?.pool],
  ['decisions', () => globalThis.latchkeyLanes],
] as const

gauge(
  {
    name: 'latchkey_database_connections',
    help: 'Connections to the database, those among them that are idle, and who waits for one.',
    labels: ['pool', 'state'],
  },
  () =>
    POOLS.flatMap(([name, find]) => {
      const { totalCount = 0, idleCount = 0, waitingCount = 0 } = find() ?? {}
      return Object.entries({ total: totalCount, idle: idleCount, waiting: waitingCount }).map(([state, value]) => ({
        labels: { pool: name, state },
        value,
      }))
    }),
)

async function close(open: Connections | undefined) {
  await open?.prisma.$disconnect()
  if (open && !open.pool.ended) await open.pool.end()
}

/** Closes every connection; the next use opens new ones. */
export async function disconnect() {
  const { latchkeyConnections, latchkeyBulkConnections, latchkeyWorkerConnections } = globalThis
  globalThis.latchkeyConnections = undefined
  globalThis.latchkeyBulkConnections = undefined
  globalThis.latchkeyWorkerConnections = undefined
  await closeLanes()
  await close(latchkeyConnections)
  await close(latchkeyBulkConnections)
  await close(latchkeyWorkerConnections)
}
