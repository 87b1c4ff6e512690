import { once } from 'node:events'
import { createServer } from 'node:http'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { inspectDatabase, whyUnfit } from '@/lib/server/database/inspect-database'
import { createTestDatabase } from '@/lib/testing/database'
import { falsePostgres, refusing } from '@/lib/testing/postgres/false-postgres'

const inspect = (url: string) => inspectDatabase(url, 'DATABASE_URL')

/** The whole of what the operator reads: one line that ends as a sentence or a command does, and no password. */
async function reason(url: string): Promise<string> {
  const error: unknown = await inspect(url).then(
    () => new Error('It was let through.'),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof Error)) throw new Error('Errors are thrown.')
  expect(error.name, error.message).toBe('StartError')
  expect(error.message).not.toContain('\n')
  expect(error.message).not.toContain(new URL(url).password || 'no password')
  return error.message
}

describe('on a real Postgres', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>
  let admin: pg.Client
  const at = (changes: Partial<Pick<URL, 'hostname' | 'port' | 'username' | 'password' | 'pathname' | 'search'>>) =>
    Object.assign(new URL(database.url), changes).href
  const name = () => new URL(database.url).pathname.slice(1)

  beforeAll(async () => {
    database = await createTestDatabase()
    admin = new pg.Client(inject('postgres').adminUrl)
    await admin.connect()
  })
  afterAll(async () => {
    await database.drop()
    await admin.end()
  })

  test('one that is well is told by its version and role', async () => {
    expect(await inspect(database.url)).toMatchObject({ version_name: expect.stringMatching(/^\d+/), role: 'latchkey' })
  })

  test.each([
    ['a port where nothing listens', { port: '1' }, /^Nothing listens on 127\.0\.0\.1:1\. Start Postgres there, or/],
    [
      'a host that is none',
      { hostname: 'postgres.invalid' },
      /^(There is no host|The name) postgres\.invalid( cannot be looked up)?\. C/,
    ],
    ['a wrong password', { password: 'guess-guess' }, /does not take the password of latchkey\. Correct DATABASE_URL/],
    ['no password', { password: '' }, /asks for a password, and DATABASE_URL has none\. Add it\./],
    ['a database that is none', { pathname: 'nowhere' }, /There is no database nowhere on .*createdb nowhere/],
    ['encryption that it does not offer', { search: '?sslmode=verify-full' }, /offers no encryption\. Take sslmode/],
    ['a certificate that is none', { search: '?sslmode=verify-full&sslrootcert=/none' }, /no Postgres socket or cert/],
  ])('%s is told with its remedy', async (_, changes, sentence) => {
    expect(await reason(at(changes))).toMatch(sentence)
  })

  test('a role that may not connect is told with what lets it', async () => {
    await admin.query(`CREATE ROLE stranger LOGIN PASSWORD 'stranger-stranger'`)
    await admin.query(`REVOKE CONNECT ON DATABASE ${name()} FROM PUBLIC`)
    const told = await reason(at({ username: 'stranger', password: 'stranger-stranger' }))
    await admin.query('DROP ROLE stranger')
    expect(told).toContain(`GRANT CONNECT ON DATABASE "${name()}" TO "stranger"`)
  })

  test('a database that is not in UTF8 is told', async () => {
    await admin.query(`CREATE DATABASE ascii OWNER latchkey TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'`)
    const told = await reason(at({ pathname: 'ascii' }))
    await admin.query('DROP DATABASE ascii')
    expect(told).toMatch(/DATABASE_URL: The database ascii is encoded in SQL_ASCII\. Make one in UTF8: createdb/)
  })

  test('a database that cannot be written to is told', async () => {
    await admin.query(`ALTER DATABASE ${name()} SET default_transaction_read_only = on`)
    const told = await reason(database.url)
    await admin.query(`ALTER DATABASE ${name()} RESET default_transaction_read_only`)
    expect(told).toMatch(/is read-only \(default_transaction_read_only\)\. Reset that/)
  })
})

describe('where no Postgres is, or one that refuses', () => {
  const closing: (() => unknown)[] = []
  afterEach(async () => {
    vi.useRealTimers()
    for (const close of closing.splice(0)) await close()
  })
  const url = (port: number) => `postgresql://app:secret-of-app@127.0.0.1:${port}/keys`
  async function refusedBy(...answer: Parameters<typeof refusing>) {
    const { port, close } = await falsePostgres(refusing(...answer))
    closing.push(close)
    return reason(url(port))
  }

  test.each([
    ['28000', 'no pg_hba.conf entry for host, no encryption', /not let the role app in .*pg_hba\.conf; .*sslmode=/],
    ['53300', 'sorry, too many clients already', /has no connection left\. Raise its max_connections/],
    ['57P03', 'the database system is starting up', /is just starting or stopping\. Start again in a moment\./],
    ['08P01', 'unsupported startup parameter', /cannot be used \(unsupported startup parameter\)\. Check DATABASE_URL/],
  ])('%s is told with its remedy', async (code, message, sentence) => {
    expect(await refusedBy(code, message)).toMatch(sentence)
  })

  test('a web server is not taken for a Postgres', async () => {
    const server = createServer()
    await once(server.listen(0, '127.0.0.1'), 'listening')
    closing.push(() => server.close())
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    expect(await reason(url(port))).toMatch(/does not speak as Postgres does\. Correct DATABASE_URL\./)
  })

  test('one that never answers is waited for ten seconds, not for ever', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    let came = () => {}
    const caller = new Promise<void>((done) => {
      came = done
    })
    const { port, close } = await falsePostgres(() => came())
    closing.push(close)
    const told = reason(url(port))
    await caller
    await vi.advanceTimersByTimeAsync(10_000)
    expect(await told).toMatch(/does not answer\. Check DATABASE_URL, and that no firewall/)
  })
})

describe('what the database says of itself', () => {
  const well = {
    version: 150000,
    version_name: '15.0',
    encoding: 'UTF8',
    standby: false,
    read_only: false,
    role: 'app',
    identity: '1',
  }

  test('is enough from Postgres 15 on', () => expect(whyUnfit(well, 'keys')).toBeNull())

  test.each([
    [{ version: 140012, version_name: '14.12' }, /^Postgres 15 or newer is needed; this one is 14\.12\. Upgrade it/],
    [{ standby: true }, /^The database keys is a standby, which cannot be written to\. Name the primary\.$/],
  ])('%o stops the start', (changes, sentence) => {
    expect(whyUnfit({ ...well, ...changes }, 'keys')).toMatch(sentence)
  })
})
