import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from '@/lib/db/generated/client'
import { closeLanes } from '@/lib/db/lanes'
import { fixRequestSession } from '@/lib/db/session'
import { runtime } from '@/lib/runtime'

/** Connections of one process. The pool and Prisma share them. */
const POOL_SIZE = 16

type Connections = { pool: pg.Pool; prisma: PrismaClient }

declare global {
  var latchkeyConnections: Connections | undefined
}

function connections(): Connections {
  if (!globalThis.latchkeyConnections) {
    const pool = new pg.Pool({
      connectionString: runtime().databaseUrl,
      max: POOL_SIZE,
      connectionTimeoutMillis: 5_000,
      application_name: 'latchkey',
      onConnect: fixRequestSession,
    })
    // An idle connection that breaks (a database restart) is replaced at the next use; unheard, it would end the process.
    pool.on('error', () => {})
    globalThis.latchkeyConnections = { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) }
  }
  return globalThis.latchkeyConnections
}

/** For the statements that must be fast or that Prisma cannot say. */
export const pool = () => connections().pool

export const prisma = () => connections().prisma

/** Closes every connection; the next use opens new ones. */
export async function disconnect() {
  const open = globalThis.latchkeyConnections
  globalThis.latchkeyConnections = undefined
  await closeLanes()
  await open?.prisma.$disconnect()
  if (open && !open.pool.ended) await open.pool.end()
}
