import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readIdempotency } from '@/lib/http/api/idempotency'
import { pool, prisma } from '@/lib/kernel/db/client'
import { removeOldRecords } from '@/lib/kernel/idempotency/remove-old'
import { type Call, callApi, outcomeOf } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'
import { countStatements } from '@/lib/testing/statements'

useTestDatabase()

async function caller(scopes = ['contacts:read', 'contacts:write', 'contacts:delete']) {
  const organization = await makeOrganization()
  const { key, id } = await makeKey(organization, { scopes })
  const { lineage_id } = await prisma().apiKey.findUniqueOrThrow({ where: { id } })
  const send = (path: string, idempotency_key: string, call: Call) =>
    callApi(path, { key, ...call, headers: { 'Idempotency-Key': idempotency_key } })
  const contacts = () => prisma().contact.count({ where: { organization_id: organization.id } })
  return { key, lineage_id, send, contacts, organization }
}

const post = (email = 'ada@example.com'): Call => ({ method: 'POST', body: { email, first_name: 'Ada' } })
const isCached = (reply: Response) => reply.headers.get('X-Idempotency-Status') === 'cached'

test('fifty equal requests at once do the work once and all get its answer', async () => {
  const { send, contacts } = await caller()
  const key = randomUUID()
  const replies = await Promise.all(Array.from({ length: 50 }, () => send('/contacts', key, post())))
  const bodies = await Promise.all(replies.map((reply) => reply.text()))
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201]))
  expect(new Set(bodies).size).toBe(1)
  expect(replies.filter(isCached)).toHaveLength(49)
  expect(await contacts()).toBe(1)
})

test('the order of the keys in the body, and quotes around the Idempotency-Key, make no other request', async () => {
  const { send, contacts } = await caller()
  const key = randomUUID()
  await send('/contacts', key, { method: 'POST', body: { email: 'a@example.com', custom_fields: { a: 1, b: 2 } } })
  const again = { method: 'POST', body: { custom_fields: { b: 2, a: 1 }, email: 'a@example.com' } }
  expect(isCached(await send('/contacts', `"${key}"`, again))).toBe(true)
  expect(await contacts()).toBe(1)
})

test('another body, path, query or method under the same key is refused', async () => {
  const { send, contacts } = await caller()
  const key = randomUUID()
  const contact = await (await send('/contacts', key, post())).json()
  const others: [string, Call][] = [
    ['/contacts', post('other@example.com')],
    ['/test', { method: 'POST' }],
    [`/contacts/${contact.id}`, { method: 'PATCH', body: { first_name: 'Ada' } }],
    [`/contacts/${contact.id}`, { method: 'DELETE' }],
  ]
  for (const [path, call] of others) expect(await outcomeOf(await send(path, key, call))).toBe('idempotency_conflict')
  expect(await contacts()).toBe(1)
})

test('the method alone, or the query alone, makes another request', async () => {
  const { send, key } = await caller(['admin'])
  const made = async (path: string, body: unknown) =>
    (await (await callApi(path, { method: 'POST', body, key })).json()).id
  const member = `/contact_lists/${await made('/contact_lists', { name: 'A list' })}/contacts/${await made('/contacts', post().body)}`
  const once = randomUUID()
  expect((await send(member, once, { method: 'PUT' })).status).toBeLessThan(300)
  expect(await outcomeOf(await send(member, once, { method: 'DELETE' }))).toBe('idempotency_conflict')
  // The one parameter that every change lets pass, unread.
  expect(await outcomeOf(await send(`${member}?access_token=x`, once, { method: 'PUT' }))).toBe('idempotency_conflict')
  expect(isCached(await send(member, once, { method: 'PUT' }))).toBe(true)
})

test('an answer that is repeated takes no more statements than the first', async () => {
  const { send } = await caller()
  const key = randomUUID()
  const first = await countStatements(() => send('/contacts', key, post()))
  expect(await countStatements(() => send('/contacts', key, post()))).toBe(first)
})

test('a request that failed is forgotten, so that it can be mended under the same key', async () => {
  const { send, contacts } = await caller()
  const key = randomUUID()
  const missing = `/contacts/${randomUUID()}`
  expect(await outcomeOf(await send(missing, key, { method: 'DELETE' }))).toBe('not_found')
  expect(await outcomeOf(await send('/contacts', key, { method: 'POST', body: { email: 'no' } }))).toBe(
    'validation_failed',
  )
  expect((await send('/contacts', key, post())).status).toBe(201)
  expect(await contacts()).toBe(1)
})

test('a reply without a body is answered again as it was', async () => {
  const { send } = await caller()
  const { id } = await (await send('/contacts', randomUUID(), post())).json()
  const key = randomUUID()
  const first = await send(`/contacts/${id}`, key, { method: 'DELETE' })
  const second = await send(`/contacts/${id}`, key, { method: 'DELETE' })
  expect([first.status, second.status]).toEqual([204, 204])
  expect([isCached(first), isCached(second)]).toEqual([false, true])
})

test('the key of a created key is in no record, and null when the answer is given again', async () => {
  const { send } = await caller(['admin'])
  const key = randomUUID()
  const call = { method: 'POST', body: { name: 'made', environment: 'live', scopes: [] } }
  const first = await (await send('/api_keys', key, call)).json()
  const second = await (await send('/api_keys', key, call)).json()
  expect(second).toEqual({ ...first, key: null })
  const { rows } = await pool().query(`SELECT string_agg(r::text, ' ') AS all FROM idempotency_records r`)
  expect(rows[0]?.all).not.toContain(first.key)
})

test('callers do not share keys; the keys of one lineage do', async () => {
  const [one, other] = [await caller(), await caller()]
  const key = randomUUID()
  await one.send('/contacts', key, post())
  expect(isCached(await other.send('/contacts', key, post()))).toBe(false)

  const successor = await makeKey(one.organization, { scopes: ['contacts:write'] })
  await prisma().apiKey.update({ where: { id: successor.id }, data: { lineage_id: one.lineage_id } })
  const headers = { 'Idempotency-Key': key }
  expect(isCached(await callApi('/contacts', { key: successor.key, ...post(), headers }))).toBe(true)
})

test('an answer is kept for 24 hours, whether one statement gave it or several', async () => {
  const { send, lineage_id } = await caller(['admin'])
  await send('/contacts', randomUUID(), post())
  await send('/api_keys', randomUUID(), { method: 'POST', body: { name: 'made', scopes: [] } })
  const { rows } = await pool().query(
    `SELECT round(extract(epoch FROM expires_at - clock_timestamp()) / 60)::int AS minutes
     FROM idempotency_records WHERE lineage_id = $1`,
    [lineage_id],
  )
  expect(rows).toEqual([{ minutes: 1_440 }, { minutes: 1_440 }])
})

test('after 24 hours the key is free again, also before housekeeping has come', async () => {
  const { send, contacts, lineage_id } = await caller()
  const [kept, removed] = [randomUUID(), randomUUID()]
  await send('/contacts', kept, post())
  await send('/contacts', removed, post('c@example.com'))
  const past = new Date(Date.now() - 1_000)
  await prisma().idempotencyRecord.updateMany({ where: { lineage_id }, data: { expires_at: past } })
  expect(isCached(await send('/contacts', kept, post('b@example.com')))).toBe(false)
  await removeOldRecords()
  const left = await prisma().idempotencyRecord.findMany({ where: { lineage_id }, select: { key: true } })
  expect(left).toEqual([{ key: kept }])
  expect(await contacts()).toBe(3)
})

test('while twins wait for a first that another process holds, other requests are answered', async () => {
  const { send, key, lineage_id } = await caller()
  const held = randomUUID()
  const elsewhere = await pool().connect()
  await elsewhere.query('BEGIN')
  await elsewhere.query(
    `INSERT INTO idempotency_records (lineage_id, key, fingerprint, expires_at) VALUES ($1, $2, '', now() + interval '1 day')`,
    [lineage_id, held],
  )
  const twins = Array.from({ length: 50 }, () => send('/contacts', held, post()))
  const others = await Promise.all(Array.from({ length: 20 }, () => callApi('/contacts', { key })))
  expect(new Set(others.map(({ status }) => status))).toEqual(new Set([200]))
  const { rows } = await pool().query(
    `SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  )
  expect(rows[0]?.waiting).toBeLessThanOrEqual(1)
  await elsewhere.query('ROLLBACK')
  elsewhere.release()
  const replies = await Promise.all(twins)
  expect(replies.filter(isCached)).toHaveLength(49)
})

describe('a twin that another process has answered meanwhile', () => {
  type Asked = { path: string; method: string; name: string; body?: unknown }

  /** Another process, in a transaction of which ours learns at its end. */
  async function elsewhere({ path, method, name, body }: Asked, lineage_id: string) {
    const client = await pool().connect()
    await client.query('BEGIN')
    const asked = new Request(`http://localhost:3000/api/v1${path}`, { method, headers: { 'Idempotency-Key': name } })
    return {
      run: (statement: string, values: unknown[]) => client.query(statement, values),
      record: (status: number, answer: string | null) =>
        client.query(
          `INSERT INTO idempotency_records (lineage_id, key, fingerprint, status, body, expires_at)
           VALUES ($1, $2, $3, $4, $5, now() + interval '1 day')`,
          [lineage_id, name, readIdempotency(asked, body)?.fingerprint, status, answer],
        ),
      async commit() {
        await client.query('COMMIT')
        client.release()
      },
    }
  }

  async function waiting() {
    const { rows } = await pool().query(
      `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    return rows[0]?.count
  }

  test('is told of the deletion, not that there is nothing to delete', async () => {
    const { send, lineage_id } = await caller()
    const { id } = await (await send('/contacts', randomUUID(), post())).json()
    const asked = { path: `/contacts/${id}`, method: 'DELETE', name: randomUUID() }
    const other = await elsewhere(asked, lineage_id)
    await other.run('DELETE FROM contacts WHERE id = $1', [id])
    const reply = send(asked.path, asked.name, asked)
    await expect.poll(waiting).toBe(1)
    await other.record(204, null)
    await other.commit()
    expect([(await reply).status, isCached(await reply)]).toEqual([204, true])
  })

  test('is told of the creation, not that the email is taken', async () => {
    const { send, lineage_id, organization } = await caller(['contacts:write'])
    const asked = { path: '/contacts', method: 'POST', name: randomUUID(), body: { email: 'ada@example.com' } }
    const other = await elsewhere(asked, lineage_id)
    const insert = 'INSERT INTO contacts (id, organization_id, environment, email) VALUES ($1, $2, $3, $4)'
    await other.run(insert, [randomUUID(), organization.id, 'live', asked.body.email])
    const reply = send(asked.path, asked.name, asked)
    await expect.poll(waiting).toBe(1)
    await other.record(201, '{"id":"theirs"}')
    await other.commit()
    expect(await (await reply).json()).toEqual({ id: 'theirs' })
  })

  test('undoes what it has done itself', async () => {
    const { send, lineage_id, contacts } = await caller()
    const asked = { path: '/contacts', method: 'POST', name: randomUUID(), body: { email: 'ada@example.com' } }
    const other = await elsewhere(asked, lineage_id)
    await other.record(201, '{"id":"theirs"}')
    const reply = send(asked.path, asked.name, asked)
    await expect.poll(waiting).toBe(1)
    await other.commit()
    expect(await (await reply).json()).toEqual({ id: 'theirs' })
    expect(await contacts()).toBe(0)
  })
})

test.each(['a b', 'ü', 'x'.repeat(256), ''])('refuses the Idempotency-Key %j', async (key) => {
  const { send } = await caller()
  const reply = await send('/contacts', key, post()).catch((error: unknown) => error)
  // What HTTP itself forbids in a header never leaves the client.
  if (reply instanceof Response) expect(await outcomeOf(reply)).toBe('invalid_idempotency_key')
  else expect(reply).toBeInstanceOf(TypeError)
})
