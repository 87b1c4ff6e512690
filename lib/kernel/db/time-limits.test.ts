import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { runtime } from '@/lib/base/node/runtime'
import { isUnavailable } from '@/lib/kernel/db/failure'
import { PrismaClient } from '@/lib/kernel/db/generated/client'
import { endHeldConnections } from '@/lib/kernel/db/time-limits'
import { useOwnDatabase } from '@/lib/testing/database'

useOwnDatabase()

let open: pg.Pool | undefined
afterEach(() => open?.end())

/** A pool of one connection, which nobody may hold for longer than 300 ms. */
function connect() {
  // What ends a connection here is to be ours, and no limit of the database.
  const options = '-c idle_in_transaction_session_timeout=0'
  const pool = new pg.Pool({ connectionString: runtime().databaseUrl, max: 1, options })
  pool.on('error', () => {})
  endHeldConnections(pool, 300)
  open = pool
  return { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) }
}

/** How long `work` took to fail, and how it failed. */
async function failure(work: () => Promise<unknown>) {
  const began = performance.now()
  const error = await work().then(
    () => null,
    (thrown: unknown) => thrown,
  )
  return { unavailable: isUnavailable(error), ms: performance.now() - began }
}

test.each<[string, (to: ReturnType<typeof connect>) => Promise<unknown>]>([
  ['a statement', ({ pool }) => pool.query('SELECT pg_sleep(20)')],
  ['a statement of Prisma', ({ prisma }) => prisma.$queryRaw`SELECT pg_sleep(20)::text`],
  ['a transaction', ({ prisma }) => prisma.$transaction((db) => db.$queryRaw`SELECT pg_sleep(20)::text`)],
  [
    'a transaction of many short statements',
    ({ prisma }) =>
      prisma.$transaction(async (db) => {
        for (let n = 0; n < 200; n++) await db.$queryRaw`SELECT pg_sleep(0.1)::text`
      }),
  ],
])('%s that holds a connection too long is ended, and the pool serves on', async (_, work) => {
  const connected = connect()
  const { unavailable, ms } = await failure(() => work(connected))
  expect(unavailable).toBe(true)
  expect(ms).toBeLessThan(3_000)
  expect((await connected.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  expect(await connected.prisma.lead.count()).toBe(0)
})

test('a connection that is given back in time is kept', async () => {
  const { pool } = connect()
  const backends = new Set<number>()
  for (let n = 0; n < 8; n++) {
    const { rows } = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid, pg_sleep(0.1)')
    for (const { pid } of rows) backends.add(pid)
  }
  expect(backends.size).toBe(1)
})

test('a connection is not ended for the time in which the process itself stood still', async () => {
  const { pool, prisma } = connect()
  const standStill = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000)
  const answer = pool.query('SELECT 1 AS one')
  // The statement is on its way when the process stops.
  await new Promise((sent) => pool.once('acquire', sent))
  standStill()
  expect((await answer).rows).toEqual([{ one: 1 }])
  const several = prisma.$transaction(async (db) => {
    await db.$queryRaw`SELECT 1`
    standStill()
    return db.lead.count()
  })
  expect(await several).toBe(0)
})
