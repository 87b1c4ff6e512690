import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openClient } from '@/lib/kernel/db/session'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@/lib/server/postgres/embedded-postgres'

async function ask(url: string, sql: string) {
  const client = await openClient({ connectionString: url })
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe('the embedded Postgres', () => {
  let dataDir: string
  let server: EmbeddedPostgres
  const events: string[] = []

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'latchkey-embedded-'))
    server = await startEmbeddedPostgres({ dataDir, role: 'server', onEvent: ({ kind }) => events.push(kind) })
  })
  afterAll(async () => {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  })

  test('lets nobody in without the password, which only its user may read', async () => {
    const url = new URL(server.url)
    url.password = 'guess'
    await expect(ask(url.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/)
    expect((await stat(join(dataDir, 'postgres-secret'))).mode & 0o777).toBe(0o600)
  })

  test('gives the application a role that owns its database and nothing else', async () => {
    const [role] = await ask(
      server.url,
      'SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user',
    )
    expect(role).toEqual({ rolsuper: false, rolcreatedb: false, rolcreaterole: false })
    await expect(ask(server.url, `COPY (SELECT 1) TO PROGRAM 'true'`)).rejects.toThrow(/permission denied/)
  })

  test('refuses a second server on its DATA_DIR, and names the process that has it', async () => {
    const second = startEmbeddedPostgres({ dataDir, role: 'server' })
    await expect(second).rejects.toThrow(new RegExp(`already runs on DATA_DIR .*process ${process.pid}\\.`))
  })

  test('goes on when a visitor leaves', async () => {
    const visitor = await startEmbeddedPostgres({ dataDir, role: 'visitor' })
    expect(visitor.url).toBe(server.url)
    await visitor.stop()
    expect(await ask(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  test('comes back at the same address after it was killed, with what it had acknowledged', async () => {
    await ask(server.url, 'CREATE TABLE kept (n int)')
    await ask(server.url, 'INSERT INTO kept VALUES (7)')
    process.kill(server.pid, 'SIGKILL')
    await expect.poll(() => events, { timeout: 15_000 }).toEqual(['lost', 'back'])
    expect(await ask(server.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }])
  })
})

test('the last to leave stops the embedded Postgres', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-embedded-'))
  const first = await startEmbeddedPostgres({ dataDir, role: 'visitor' })
  const second = await startEmbeddedPostgres({ dataDir, role: 'visitor' })
  expect(second.pid).toBe(first.pid)
  await first.stop()
  expect(isAlive(first.pid)).toBe(true)
  await second.stop()
  await expect(ask(first.url, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/)
  await rm(dataDir, { recursive: true, force: true })
})

test('two that make one DATA_DIR at once share it', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'latchkey-embedded-'))
  const both = await Promise.all([
    startEmbeddedPostgres({ dataDir, role: 'visitor' }),
    startEmbeddedPostgres({ dataDir, role: 'visitor' }),
  ])
  expect(both[0].url).toBe(both[1].url)
  await Promise.all(both.map((one) => one.stop()))
  await expect(ask(both[0].url, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/)
  await rm(dataDir, { recursive: true, force: true })
})
