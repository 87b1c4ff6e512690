import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { flushLastUses } from '@/lib/keys/authenticate/last-use'
import { callApi, outcomeOf } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { alterKey, auditOf, makeKey, makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

let organization: Awaited<ReturnType<typeof makeOrganization>>
let key = ''
beforeAll(async () => {
  organization = await makeOrganization()
  key = (await makeKey(organization, { scopes: ['admin'] })).key
})

type Headers = Record<string, string>

const send = (method: string, path: string, headers: Headers = {}, body?: unknown) =>
  callApi(`/api_keys${path}`, { method, key, headers, ...(body !== undefined && { body }) })

const rename = (path: string, headers: Headers = {}) => send('PATCH', path, headers, { name: randomUUID() })

async function makeOther() {
  const other = await makeKey(organization, { scopes: ['contacts:read'] })
  return { ...other, path: `/${other.id}` }
}

describe('the ETag of a key', () => {
  test('stands in every reply that shows one key, and is another after each change', async () => {
    const made = await send('POST', '', {}, { name: 'CRM', scopes: [] })
    const body = await made.json()
    const path = `/${body.id}`
    const tags = [made.headers.get('ETag')]
    for (const reply of [
      await rename(path),
      await send('POST', `${path}/revoke`, {}, {}),
      await send('POST', `${path}/reactivate`),
      await send('GET', path),
    ]) {
      expect(reply.status).toBe(200)
      expect(await reply.json()).not.toHaveProperty('version')
      tags.push(reply.headers.get('ETag'))
    }
    expect(tags).toEqual(['"1"', '"2"', '"3"', '"4"', '"4"'])
    expect(body).not.toHaveProperty('version')
    const successor = await send('POST', `${path}/rotate`, {}, { grace_hours: 0 })
    expect(successor.headers.get('ETag')).toBe('"1"')
  })

  test('stays when the key is used, so GET shows the last use and knows no If-None-Match', async () => {
    const other = await makeOther()
    const before = await send('GET', other.path)
    await callApi('/me', { key: other.key })
    await flushLastUses()
    const after = await send('GET', other.path)
    expect([(await before.json()).last_used_at, (await after.json()).last_used_at]).toEqual([null, expect.any(String)])
    const etag = before.headers.get('ETag') ?? ''
    expect(after.headers.get('ETag')).toBe(etag)
    expect(await outcomeOf(await send('GET', other.path, { 'If-None-Match': etag }))).toBe('invalid_request')
  })

  test('comes again with the answer that is repeated', async () => {
    const once = { 'Idempotency-Key': randomUUID() }
    const body = { name: 'CRM', scopes: [] }
    const replies = [await send('POST', '', once, body), await send('POST', '', once, body)]
    expect(replies.map(({ headers }) => headers.get('ETag'))).toEqual(['"1"', '"1"'])
    expect(replies.at(1)?.headers.get('X-Idempotency-Status')).toBe('cached')
  })
})

describe('If-Match', () => {
  test('lets an edit of a key through while it is as it was, and not afterwards', async () => {
    const { path, id } = await makeOther()
    const etag = (await send('GET', path)).headers.get('ETag') ?? ''
    expect((await rename(path, { 'If-Match': etag })).headers.get('ETag')).toBe('"2"')
    for (const stale of [etag, 'W/"2"', '"x"']) {
      expect(await outcomeOf(await rename(path, { 'If-Match': stale })), stale).toBe('precondition_failed')
      expect(await outcomeOf(await send('DELETE', path, { 'If-Match': stale })), stale).toBe('precondition_failed')
    }
    expect((await auditOf(id)).map(({ action }) => action)).toEqual(['api_key.created', 'api_key.updated'])
    expect((await rename(path, { 'If-Match': '"1", "2"' })).status).toBe(200)
    expect((await rename(path, { 'If-Match': '*' })).status).toBe(200)
    expect((await send('DELETE', path, { 'If-Match': '"4"' })).status).toBe(204)
    expect(await outcomeOf(await rename(path, { 'If-Match': '"4"' }))).toBe('not_found')
  })

  test('lets one of many edits at the same time through', async () => {
    const { path } = await makeOther()
    const replies = await Promise.all(Array.from({ length: 8 }, () => rename(path, { 'If-Match': '"1"' })))
    const outcomes = await Promise.all(replies.map(outcomeOf))
    expect(outcomes.sort()).toEqual([200, ...Array(7).fill('precondition_failed')])
  })

  test('tells a key nothing of the version of one that goes beyond it', async () => {
    const narrow = await makeKey(organization, { scopes: ['admin'], rate_limit: 60 })
    const { id } = await makeKey(organization, { scopes: ['contacts:read'] })
    await alterKey(id, { description: 'wider' })
    for (const version of ['"1"', '"2"', '"9"']) {
      for (const [method, body] of [
        ['PATCH', { name: 'x' }],
        ['DELETE', undefined],
      ] as const) {
        const headers = { 'If-Match': version }
        const reply = await callApi(`/api_keys/${id}`, { method, key: narrow.key, headers, body })
        expect(await outcomeOf(reply), `${method} ${version}`).toBe('role_forbids')
      }
    }
  })
})
