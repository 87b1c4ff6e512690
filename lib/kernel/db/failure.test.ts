import { readFile } from 'node:fs/promises'
import net from 'node:net'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { DomainError } from '@/lib/base/errors'
import { runtime } from '@/lib/base/node/runtime'
import { isLockTimeout, isUnavailable } from '@/lib/kernel/db/failure'
import { Prisma, PrismaClient } from '@/lib/kernel/db/generated/client'
import { useOwnDatabase } from '@/lib/testing/database'

useOwnDatabase()

/** As `pg` throws it. */
const fromPostgres = (code: string) => Object.assign(new Error('of the server'), { code, severity: 'ERROR' })

/** As Prisma throws it. */
const fromPrisma = (code: string, cause: object = {}) =>
  new Prisma.PrismaClientKnownRequestError('of Prisma', {
    code,
    clientVersion: '7',
    meta: { driverAdapterError: { name: 'DriverAdapterError', cause } },
  })

describe('what the database or the network did', () => {
  test.each([
    ...['08000', '08003', '08006', '08P01', '25006', '25P03', '28000', '28P01', '3D000', '40001', '40003', '40P01'],
    ...['53000', '53100', '53200', '53300', '55P03', '57014', '57P01', '57P02', '57P03', '57P04', '57P05'],
    ...['58000', '58030', 'XX000', 'XX001', 'XX002'],
  ])('is unavailable, from Postgres itself and through Prisma: %s', (state) => {
    expect(isUnavailable(fromPostgres(state))).toBe(true)
    expect(isUnavailable(fromPrisma('P2010', { originalCode: state, kind: 'postgres', code: state }))).toBe(true)
    expect(isUnavailable(fromPrisma('P2039', { originalCode: state, kind: 'postgres', code: state }))).toBe(true)
  })

  test.each([
    ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN'],
    ...['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN'],
  ])('is unavailable, from Node: %s', (code) => {
    const error = Object.assign(new Error(`connect ${code}`), { code, errno: -1, syscall: 'connect' })
    expect(isUnavailable(error)).toBe(true)
    expect(isUnavailable(new AggregateError([error, error]))).toBe(true)
    expect(isUnavailable(new Error('Not sent.', { cause: error }))).toBe(true)
  })

  test.each(['P1000', 'P1001', 'P1002', 'P1003', 'P1008', 'P1011', 'P1017', 'P2024', 'P2028', 'P2034', 'P2037'])(
    'is unavailable, from Prisma: %s',
    (code) => {
      expect(isUnavailable(fromPrisma(code))).toBe(true)
    },
  )

  test.each([
    'DatabaseNotReachable',
    'ConnectionClosed',
    'SocketTimeout',
    'TlsConnectionError',
    'TransactionWriteConflict',
    'TooManyConnections',
  ])('is unavailable, from the driver adapter: %s', (kind) => {
    expect(isUnavailable(Object.assign(new Error(kind), { name: 'DriverAdapterError', cause: { kind } }))).toBe(true)
  })

  test('is told by every message to which pg gives no code', async () => {
    const sources = ['pg/lib/client.js', 'pg/lib/connection.js', 'pg-pool/index.js']
    const code = (await Promise.all(sources.map((file) => readFile(`node_modules/${file}`, 'utf8')))).join('\n')
    for (const message of [
      'Connection terminated',
      'Connection terminated unexpectedly',
      'Connection terminated due to connection timeout',
      'timeout exceeded when trying to connect',
      'timeout expired',
      'Query read timeout',
      'Client has encountered a connection error and is not queryable',
      'Client was closed and is not queryable',
      'Cannot use a pool after calling end on the pool',
      'The server does not support SSL connections',
      'There was an error establishing an SSL connection',
    ]) {
      expect(code).toContain(`'${message}'`)
      expect(isUnavailable(new Error(message)), message).toBe(true)
    }
  })
})

describe('a mistake of ours', () => {
  test.each(['22001', '22P02', '23502', '23503', '23505', '25P02', '42501', '42601', '42703', '42P01'])(
    'is not unavailable: %s',
    (state) => {
      expect(isUnavailable(fromPostgres(state))).toBe(false)
      expect(isUnavailable(fromPrisma('P2010', { originalCode: state, kind: 'postgres', code: state }))).toBe(false)
    },
  )

  test('is not unavailable, whatever its message quotes', () => {
    const enoent = Object.assign(new Error('no such file'), { code: 'ENOENT', syscall: 'open' })
    const others = [new TypeError('x is undefined'), enoent, fromPrisma('P2002'), fromPrisma('P2025')]
    const quoting = new Error('The name "ECONNREFUSED 57P01 P1001 Connection terminated" is taken.')
    for (const error of [...others, quoting, new DomainError('not_found', 'No.'), 'ECONNREFUSED', null, undefined]) {
      expect(isUnavailable(error)).toBe(false)
    }
  })

  test('ends, also when it contains itself', () => {
    const error: Error & { cause?: unknown } = new Error('a circle')
    error.cause = error
    expect(isUnavailable(error)).toBe(false)
  })
})

describe('what is thrown by the real thing', () => {
  const connect = (settings: pg.PoolConfig) => {
    const pool = new pg.Pool({ connectionString: runtime().databaseUrl, ...settings })
    pool.on('error', () => {})
    return { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) }
  }
  type Connected = ReturnType<typeof connect>

  /** How the same statement fails in all three ways in which we send one. */
  async function failures(settings: pg.PoolConfig, statement = 'SELECT 1') {
    const { pool, prisma } = connect(settings)
    const ways: ((to: Connected) => Promise<unknown>)[] = [
      (to) => to.pool.query(statement),
      (to) => to.prisma.$executeRawUnsafe(statement),
      (to) => to.prisma.$transaction((db) => db.$executeRawUnsafe(statement)),
    ]
    const errors: unknown[] = []
    for (const way of ways) await way({ pool, prisma }).catch((error: unknown) => errors.push(error))
    await prisma.$disconnect()
    await pool.end()
    return errors
  }

  const elsewhere = (change: (url: URL) => void) => {
    const url = new URL(runtime().databaseUrl)
    change(url)
    return { connectionString: url.href }
  }

  test.each<[string, () => pg.PoolConfig, string?]>([
    ['a port where nobody listens', () => elsewhere((url) => Object.assign(url, { port: '1' }))],
    ['a wrong password', () => elsewhere((url) => Object.assign(url, { password: 'wrong' }))],
    ['a database that is gone', () => elsewhere((url) => Object.assign(url, { pathname: '/nonesuch' }))],
    ['a statement that is too slow', () => ({ statement_timeout: 50 }), 'SELECT pg_sleep(5)'],
    ['an answer that does not come', () => ({ query_timeout: 50 }), 'SELECT pg_sleep(1)'],
    ['a read-only database', () => ({ options: '-c default_transaction_read_only=on' }), 'DELETE FROM public.leads'],
  ])('is unavailable: %s', async (_, settings, statement) => {
    const errors = await failures(settings(), statement)
    expect(errors).toHaveLength(3)
    for (const error of errors) expect(isUnavailable(error), String(error)).toBe(true)
  })

  test('is unavailable: a server that accepts and says nothing', async () => {
    const server = net.createServer(() => {})
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    const errors = await failures({
      connectionString: `postgres://x:y@127.0.0.1:${port}/x`,
      connectionTimeoutMillis: 300,
    })
    expect(errors.map(isUnavailable)).toEqual([true, true, true])
    server.close()
  })

  test('is a lock that was not given, and known as that', async () => {
    const { pool, prisma } = connect({ options: '-c lock_timeout=50 -c idle_in_transaction_session_timeout=0' })
    const holder = await pool.connect()
    await holder.query('BEGIN; LOCK TABLE public.leads')
    const error = await prisma.lead.count().catch((thrown: unknown) => thrown)
    expect(isLockTimeout(error)).toBe(true)
    expect(isUnavailable(error)).toBe(true)
    expect(isLockTimeout(fromPostgres('57014'))).toBe(false)
    await holder.query('ROLLBACK')
    holder.release()
    await prisma.$disconnect()
    await pool.end()
  })
})
