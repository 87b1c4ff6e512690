import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { callApi, outcomeOf } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { useMailSettings } from '@/lib/testing/environment'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'
import { methodOf, OPERATIONS, pathOfNothing, sampleCall } from '@/lib/testing/operations'

useTestDatabase()
useMailSettings()

let key = ''
beforeAll(async () => {
  key = (await makeKey(await makeOrganization(), { scopes: ['admin'] })).key
})

type Headers = Record<string, string>

const send = (path: string, method: string, headers: Headers = {}, body?: unknown) =>
  callApi(path, { method, key, headers, ...(body !== undefined && { body }) })

async function makeContact() {
  const made = await send('/contacts', 'POST', {}, { email: `${randomUUID()}@example.com` })
  const { id } = await made.json()
  return { path: `/contacts/${id}`, etag: made.headers.get('ETag') ?? '' }
}

const rename = (path: string, headers: Headers = {}) => send(path, 'PATCH', headers, { first_name: randomUUID() })

describe('a version', () => {
  test('is the ETag of every reply that shows the row, and is raised by each change', async () => {
    const { path, etag } = await makeContact()
    expect(etag).toBe('"1"')
    expect((await send(path, 'GET')).headers.get('ETag')).toBe(etag)
    const changed = await rename(path)
    expect(changed.headers.get('ETag')).toBe('"2"')
    expect((await send(path, 'GET')).headers.get('ETag')).toBe('"2"')
    expect(await changed.json()).not.toHaveProperty('version')
  })

  test('is raised where another row’s end clears a reference', async () => {
    const contact = await makeContact()
    const made = await send(
      '/tasks',
      'POST',
      {},
      { title: 'Call', contact_id: contact.path.slice('/contacts/'.length) },
    )
    const task = `/tasks/${(await made.json()).id}`
    await send(contact.path, 'DELETE')
    const reply = await send(task, 'GET', { 'If-None-Match': made.headers.get('ETag') ?? '' })
    expect(reply.status).toBe(200)
    expect(await reply.json()).toMatchObject({ contact_id: null })
  })

  test('is raised once by each of many changes at the same time', async () => {
    const { path } = await makeContact()
    const replies = await Promise.all(Array.from({ length: 20 }, () => rename(path)))
    const etags = replies.map(({ headers }) => headers.get('ETag')).sort()
    expect(etags).toEqual(Array.from({ length: 20 }, (_, index) => `"${index + 2}"`).sort())
  })
})

describe('If-None-Match', () => {
  test('is answered with 304 and no body while the row is as it was', async () => {
    const { path, etag } = await makeContact()
    for (const known of [etag, `W/${etag}`, `"99", ${etag}`, '*']) {
      const reply = await send(path, 'GET', { 'If-None-Match': known })
      expect([known, reply.status, reply.headers.get('ETag'), await reply.text()]).toEqual([known, 304, etag, ''])
    }
    await rename(path)
    expect((await send(path, 'GET', { 'If-None-Match': etag })).status).toBe(200)
  })

  test('does not hide a row that is gone', async () => {
    const { path, etag } = await makeContact()
    await send(path, 'DELETE')
    expect(await outcomeOf(await send(path, 'GET', { 'If-None-Match': etag }))).toBe('not_found')
  })
})

describe('If-Match', () => {
  test('lets a change through while the row is as it was, and not afterwards', async () => {
    const { path, etag } = await makeContact()
    expect((await rename(path, { 'If-Match': etag })).status).toBe(200)
    expect(await outcomeOf(await rename(path, { 'If-Match': etag }))).toBe('precondition_failed')
    expect(await outcomeOf(await send(path, 'DELETE', { 'If-Match': etag }))).toBe('precondition_failed')
    expect((await rename(path, { 'If-Match': `"1", "2"` })).status).toBe(200)
    expect((await rename(path, { 'If-Match': '*' })).status).toBe(200)
    expect((await send(path, 'DELETE', { 'If-Match': '"4"' })).status).toBe(204)
    expect(await outcomeOf(await rename(path, { 'If-Match': '"4"' }))).toBe('not_found')
  })

  test('is compared strongly, and refused where it is no list of ETags', async () => {
    const { path, etag } = await makeContact()
    for (const another of [`W/${etag}`, '"x"', '""', '"01"', '"1.0"', '"2147483648"', `"1${'0'.repeat(400)}"`]) {
      expect(await outcomeOf(await rename(path, { 'If-Match': another })), another).toBe('precondition_failed')
    }
    for (const wrong of ['1', '', '"1', '"1" "2"', '*, "1"']) {
      expect(await outcomeOf(await rename(path, { 'If-Match': wrong })), wrong).toBe('invalid_request')
    }
  })

  test('lets one of many at the same time through', async () => {
    const { path, etag } = await makeContact()
    const replies = await Promise.all(Array.from({ length: 10 }, () => rename(path, { 'If-Match': etag })))
    const outcomes = await Promise.all(replies.map(outcomeOf))
    expect(outcomes.sort()).toEqual([200, ...Array(9).fill('precondition_failed')])
  })

  test('makes another request of one under the same Idempotency-Key; the repeated answer has its ETag', async () => {
    const { path, etag } = await makeContact()
    const headers = { 'Idempotency-Key': randomUUID() }
    const body = { first_name: 'Ada' }
    const first = await send(path, 'PATCH', { ...headers, 'If-Match': etag }, body)
    const again = await send(path, 'PATCH', { ...headers, 'If-Match': etag }, body)
    expect([first, again].map((reply) => reply.headers.get('ETag'))).toEqual(['"2"', '"2"'])
    expect(again.headers.get('X-Idempotency-Status')).toBe('cached')
    expect(await outcomeOf(await send(path, 'PATCH', headers, body))).toBe('idempotency_conflict')
  })

  test('holds for a row that takes several statements to change', async () => {
    const steps = [{ kind: 'wait', hours: 1 }]
    const made = await send('/sequences', 'POST', {}, { name: 'x', steps })
    const path = `/sequences/${(await made.json()).id}`
    expect(made.headers.get('ETag')).toBe('"1"')
    const stale = { 'If-Match': '"7"' }
    expect(await outcomeOf(await send(path, 'PATCH', stale, { steps }))).toBe('precondition_failed')
    expect(await outcomeOf(await send(`${path}/archive`, 'POST', stale))).toBe('precondition_failed')
    expect(await outcomeOf(await send(path, 'DELETE', stale))).toBe('precondition_failed')
    const changed = await send(path, 'PATCH', { 'If-Match': '"1"' }, { steps })
    expect(changed.headers.get('ETag')).toBe('"2"')
  })
})

const CONDITIONS = ['If-Match', 'If-None-Match', 'If-Modified-Since', 'If-Unmodified-Since']

test.each(OPERATIONS)('$title refuses the conditions that it does not judge', async ({ operation }) => {
  const call = await sampleCall(operation)
  const unknown = CONDITIONS.filter((name) => !operation.preconditions?.some((known) => known === name))
  for (const name of unknown) {
    const headers = { [name]: name.includes('Match') ? '"1"' : 'Thu, 26 Nov 2026 12:00:00 GMT' }
    const reply = await callApi(pathOfNothing(operation), { ...call, method: methodOf(operation), key, headers })
    expect(await outcomeOf(reply), name).toBe('invalid_request')
  }
})

test('every table with a version raises it, whoever writes', async () => {
  const tables = await prisma().$queryRaw<{ name: string; raised: boolean }[]>`
    SELECT c.relname AS name, EXISTS (
      SELECT FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
      WHERE t.tgrelid = c.oid AND p.proname = 'raise_version' AND t.tgenabled = 'O'
    ) AS raised
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE a.attname = 'version' AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace`
  expect(tables.length).toBeGreaterThanOrEqual(10)
  for (const { name, raised } of tables) expect(raised, name).toBe(true)
})
