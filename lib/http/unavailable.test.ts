import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { log } from '@/lib/base/node/log'
import { runtime, setRuntime } from '@/lib/base/node/runtime'
import { disconnect } from '@/lib/kernel/db/client'
import { openClient } from '@/lib/kernel/db/session'
import { databaseIsReady } from '@/lib/server/migrations/database-is-ready'
import { callApi, callDashboard, signInAs } from '@/lib/testing/call'
import { useOwnDatabase } from '@/lib/testing/database'
import { makeKey, makeMember, makeOrganization } from '@/lib/testing/fixtures'

useOwnDatabase()

const SCOPES = ['contacts:read', 'contacts:write']

let other: pg.Client
let key: string
let cookie: string

/** Connects as another program does, which may hold a row for as long as it likes. */
async function connectOther() {
  const client = await openClient({ connectionString: runtime().databaseUrl })
  await client.query('SET idle_in_transaction_session_timeout = 0')
  return client
}

/** A contact, and calls that change it. */
async function makeContact() {
  const { key } = await makeKey(await makeOrganization(), { scopes: SCOPES })
  const made = await callApi('/contacts', { method: 'POST', key, body: { email: 'held@example.com' } })
  const { id } = await made.json()
  const patch = (headers?: Record<string, string>) =>
    callApi(`/contacts/${id}`, { method: 'PATCH', key, headers, body: { first_name: 'Ada' } })
  return { id, patch }
}

/** A contact whose row another program holds until it is told to let go. */
async function holdContact() {
  const { id, patch } = await makeContact()
  const holder = await connectOther()
  await holder.query('BEGIN')
  await holder.query('UPDATE contacts SET first_name = first_name WHERE id = $1', [id])
  const release = async () => {
    await holder.query('ROLLBACK')
    await holder.end()
  }
  return { patch, release }
}

beforeAll(async () => {
  // The log of what goes wrong on purpose.
  log.level = 'silent'
  const organization = await makeOrganization()
  ;({ key } = await makeKey(organization, { scopes: SCOPES }))
  cookie = await signInAs(await makeMember(organization))
  other = await connectOther()
})
afterAll(async () => {
  log.level = 'info'
  await other.end()
})

/** Status and Retry-After of a reply, and the seconds that it took. */
async function timed(call: Promise<Response>) {
  const began = performance.now()
  const { status, headers } = await call
  return { status, retry: headers.get('Retry-After'), seconds: (performance.now() - began) / 1_000 }
}

const AWAY = { status: 503, retry: '5' }

// Both wait for as long as a call may.
describe.concurrent('a row that another program holds', () => {
  test('lets the other keys’ calls go on while sixty of one key wait for it, and each of these is told in time', async () => {
    const neighbour = await makeKey(await makeOrganization(), { scopes: SCOPES })
    const { patch, release } = await holdContact()
    const waiting = Array.from({ length: 60 }, (_, n) =>
      timed(patch(n % 2 ? { 'Idempotency-Key': randomUUID() } : undefined)),
    )
    const reads: Awaited<ReturnType<typeof timed>>[] = []
    let over = false
    const all = Promise.all(waiting).finally(() => {
      over = true
    })
    while (!over) reads.push(await timed(callApi('/contacts', { key: neighbour.key })))
    for (const told of await all) {
      expect(told).toMatchObject(AWAY)
      expect(told.seconds).toBeLessThan(10)
    }
    expect(reads.length).toBeGreaterThan(10)
    expect(new Set(reads.map(({ status }) => status))).toEqual(new Set([200]))
    expect(Math.max(...reads.map(({ seconds }) => seconds))).toBeLessThan(3)
    await release()
    expect((await patch()).status).toBe(200)
  }, 60_000)

  test('makes a twin wait no longer either: the first is 503, the twin 503 or told that the first still runs', async () => {
    const { patch, release } = await holdContact()
    const headers = { 'Idempotency-Key': randomUUID() }
    const [first, twin] = await Promise.all([timed(patch(headers)), timed(patch(headers))])
    await release()
    expect(first).toMatchObject(AWAY)
    expect([409, 503]).toContain(twin.status)
    expect(twin.retry).toBe('5')
    expect(Math.max(first.seconds, twin.seconds)).toBeLessThan(10)
    expect((await patch(headers)).status).toBe(200)
  }, 60_000)
})

describe('a database that takes no writes', () => {
  const setReadOnly = async (on: 'on' | 'off') => {
    const name = new URL(runtime().databaseUrl).pathname.slice(1)
    await other.query(`ALTER DATABASE ${name} SET default_transaction_read_only = ${on}`)
    await disconnect()
  }

  test('is 503 with Retry-After to every call that needs one, and not ready', async () => {
    expect(await databaseIsReady()).toBe(true)
    const { patch } = await makeContact()
    await setReadOnly('on')
    await expect(databaseIsReady()).rejects.toThrow(/read-only/)
    expect(await timed(callApi('/me', { key }))).toMatchObject(AWAY)
    expect(await timed(patch())).toMatchObject(AWAY)
    const rename = callDashboard(cookie, '/account', { method: 'PATCH', body: { name: 'Ada' } })
    expect(await timed(rename)).toMatchObject(AWAY)
    await setReadOnly('off')
    expect(await databaseIsReady()).toBe(true)
    expect((await callApi('/me', { key })).status).toBe(200)
  })
})

test('a database that cannot be reached is 503 with Retry-After to both APIs, and signs nobody out', async () => {
  const { ...settings } = runtime()
  await disconnect()
  setRuntime({ ...settings, databaseUrl: 'postgresql://nobody:x@127.0.0.1:1/gone' })
  expect(await timed(callApi('/me', { key }))).toMatchObject(AWAY)
  expect(await timed(callApi('/contacts', { key }))).toMatchObject(AWAY)
  expect(await timed(callDashboard(cookie, '/session'))).toMatchObject(AWAY)
  expect(await timed(callDashboard(null, '/setup'))).toMatchObject(AWAY)
  await disconnect()
  setRuntime(settings)
  expect((await callDashboard(cookie, '/session')).status).toBe(200)
})
