import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { prisma } from '@/lib/kernel/db/client'
import { apiKeysContract } from '@/lib/resources/api-keys/contract'
import { callApi, outcomeOf } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { auditOf, makeKey, makeOrganization, unusedId } from '@/lib/testing/fixtures'
import { countStatements } from '@/lib/testing/statements'

useTestDatabase()

const shownKey = apiKeysContract.operations.get.reply.schema
const newKey = apiKeysContract.operations.create.reply.schema
const page = apiKeysContract.operations.list.reply.schema

const ADMIN = ['admin']
const setUp = async (fields: Parameters<typeof makeKey>[1] = {}) => {
  const organization = await makeOrganization()
  return { organization, admin: await makeKey(organization, { name: 'Automation', scopes: ADMIN, ...fields }) }
}

const send = (key: string, method: string, path = '', body?: unknown, headers?: Record<string, string>) =>
  callApi(`/api_keys${path}`, { method, key, body, ...(headers && { headers }) })

const read = async <Schema extends z.ZodType>(schema: Schema, response: Response) =>
  schema.parse(JSON.parse(await response.text()))

/** What a key comes to when it calls. */
const use = async (key: string | null) => outcomeOf(await callApi('/me', { key: key ?? '' }))

describe('a key with admin', () => {
  test('leads another through its whole life', async () => {
    const { admin } = await setUp()
    const creation = await send(admin.key, 'POST', '', { name: 'CRM', scopes: ['lists:read'], expires_in_hours: 5 })
    expect(creation.status).toBe(201)
    expect(creation.headers.get('Cache-Control')).toBe('no-store')
    const made = await read(newKey, creation)
    expect(made).toMatchObject({
      name: 'CRM',
      scopes: ['contact_lists:read'],
      environment: 'live',
      created_by: null,
      status: 'active',
    })
    expect(await use(made.key)).toBe(200)

    const patch = {
      name: 'CRM 2',
      description: null,
      scopes: ['contacts:read'],
      allowed_ips: ['127.0.0.1'],
      rate_limit: 9,
    }
    expect(await read(shownKey, await send(admin.key, 'PATCH', `/${made.id}`, patch))).toMatchObject(patch)
    expect(await read(shownKey, await send(admin.key, 'GET', `/${made.id}`))).toMatchObject(patch)

    const revoked = await read(shownKey, await send(admin.key, 'POST', `/${made.id}/revoke`, { reason: 'Lost' }))
    expect(revoked).toMatchObject({ status: 'revoked', revoked_reason: 'Lost', leaked: false })
    expect(await use(made.key)).toBe('revoked_key')
    expect((await send(admin.key, 'POST', `/${made.id}/reactivate`)).status).toBe(200)
    expect(await use(made.key)).toBe(200)

    const rotation = await send(admin.key, 'POST', `/${made.id}/rotate`, { grace_hours: 0 })
    expect(rotation.status).toBe(201)
    const successor = await read(newKey, rotation)
    expect(await use(made.key)).toBe('rotated_key')
    expect(await use(successor.key)).toBe(200)
    expect((await send(admin.key, 'DELETE', `/${successor.id}`)).status).toBe(204)
    expect(await use(successor.key)).toBe('invalid_key')
  })

  test('is the actor of the audit entries, and no secret stands in them', async () => {
    const { admin } = await setUp()
    const made = await read(newKey, await send(admin.key, 'POST', '', { name: 'CRM', scopes: [] }))
    await send(admin.key, 'PATCH', `/${made.id}`, { name: 'CRM 2' })
    await send(admin.key, 'POST', `/${made.id}/revoke`, {})
    await send(admin.key, 'POST', `/${made.id}/reactivate`)
    await send(admin.key, 'DELETE', `/${made.id}`)
    const entries = await auditOf(made.id)
    expect(entries.map(({ action }) => action)).toEqual(
      ['created', 'updated', 'revoked', 'reactivated', 'deleted'].map((what) => `api_key.${what}`),
    )
    for (const entry of entries) {
      expect(entry).toMatchObject({ actor_kind: 'key', actor_id: admin.id, actor_label: admin.key_prefix })
    }
    expect(JSON.stringify(entries)).not.toContain(made.key?.slice(14))
  })

  test('lists keys without their secrets, page by page', async () => {
    const { organization, admin } = await setUp()
    for (const name of ['a', 'b', 'c']) await makeKey(organization, { name })
    await makeKey(organization, { name: 'of the sandbox', environment: 'test' })
    const first = await send(admin.key, 'GET', '?limit=2&sort=name')
    const text = await first.clone().text()
    expect(text).not.toContain('"key"')
    expect(text).not.toContain('hash')
    const { data, next_cursor } = await read(page, first)
    const rest = await read(page, await send(admin.key, 'GET', `?limit=2&sort=name&cursor=${next_cursor}`))
    expect([...data, ...rest.data].map(({ name }) => name)).toEqual(['Automation', 'a', 'b', 'c'].sort())
    expect(rest.has_more).toBe(false)
  })

  test('lists many keys with as few statements as one', async () => {
    const { organization, admin } = await setUp()
    for (const name of ['a', 'b', 'c']) await makeKey(organization, { name })
    const one = await countStatements(() => send(admin.key, 'GET', '?limit=1'))
    expect(await countStatements(() => send(admin.key, 'GET', '?limit=100'))).toBe(one)
  })

  test('cannot set what the product decides', async () => {
    const { admin, organization } = await setUp()
    const other = await makeKey(organization)
    const decided = [
      'id',
      'organization_id',
      'created_by',
      'hash',
      'key',
      'key_prefix',
      'lineage_id',
      'revoked_at',
      'leaked',
    ]
    for (const field of decided) {
      const body = { name: 'CRM', scopes: [], [field]: 'x' }
      expect(await outcomeOf(await send(admin.key, 'POST', '', body)), field).toBe('validation_failed')
    }
    for (const field of [...decided, 'environment', 'expires_at', 'expires_in_hours', 'last_used_at', 'retires_at']) {
      const body = { [field]: null }
      expect(await outcomeOf(await send(admin.key, 'PATCH', `/${other.id}`, body)), field).toBe('validation_failed')
    }
    expect(await outcomeOf(await send(admin.key, 'POST', '', { name: 'CRM', scopes: ['root'] }))).toBe('invalid_scope')
  })

  test('is stopped by the plan like a person', async () => {
    const organization = await makeOrganization({ plan: 'free' })
    const { key } = await makeKey(organization, { scopes: ADMIN })
    for (let more = 0; more < 17; more++) await makeKey(organization)
    const create = async () => outcomeOf(await send(key, 'POST', '', { name: 'CRM', scopes: [] }))
    const results = await Promise.all([create(), create(), create(), create()])
    expect(results.toSorted()).toEqual([201, 201, 'key_limit_reached', 'key_limit_reached'])
  })
})

describe('a repeated creation or rotation', () => {
  test('is done once, and its answer has the key no more', async () => {
    const { organization, admin } = await setUp()
    const other = await makeKey(organization)
    for (const [path, body] of [
      ['', { name: 'CRM', scopes: [] }],
      [`/${other.id}/rotate`, { grace_hours: 1 }],
    ] as const) {
      const twice = { 'Idempotency-Key': `again${path}` }
      const first = await read(newKey, await send(admin.key, 'POST', path, body, twice))
      const again = await send(admin.key, 'POST', path, body, twice)
      expect(again.status).toBe(201)
      expect(again.headers.get('X-Idempotency-Status')).toBe('cached')
      expect(await read(newKey, again)).toEqual({ ...first, key: null })
      const records = await prisma().idempotencyRecord.findMany({ where: { key: twice['Idempotency-Key'] } })
      expect(records).toHaveLength(1)
      expect(JSON.stringify(records)).not.toContain(first.key?.slice(14))
    }
    expect(await prisma().apiKey.count({ where: { organization_id: organization.id } })).toBe(4)
  })
})

describe('keys of the other environment', () => {
  test.each([
    ['live', 'test'],
    ['test', 'live'],
  ] as const)('do not exist for a %s key', async (own, other) => {
    const { organization, admin } = await setUp({ environment: own })
    const hidden = await makeKey(organization, { environment: other, name: 'hidden' })
    const attempts = [
      ['GET', ''],
      ['PATCH', '', { name: 'x' }],
      ['DELETE', ''],
      ['POST', '/revoke', {}],
      ['POST', '/reactivate'],
      ['POST', '/rotate', { grace_hours: 0 }],
    ] as const
    for (const [method, what, body] of attempts) {
      const headers = { 'X-Request-Id': 'same' }
      const [theirs, nobodys] = await Promise.all(
        [hidden.id, unusedId()].map((id) => send(admin.key, method, `/${id}${what}`, body, headers)),
      )
      expect(theirs?.status).toBe(404)
      expect(await theirs?.text()).toBe(await nobodys?.text())
    }
    expect(await use(hidden.key)).toBe(200)
    const listed = await read(page, await send(admin.key, 'GET'))
    expect(listed.data.map(({ id }) => id)).toEqual([admin.id])
    expect((await read(page, await send(admin.key, 'GET', `?environment=${other}`))).data).toEqual([])
    expect((await read(page, await send(admin.key, 'GET', '?q=hidden'))).data).toEqual([])
  })

  test('are not made: a new key has the environment of its maker', async () => {
    for (const own of ['live', 'test'] as const) {
      const { admin } = await setUp({ environment: own })
      expect(await read(newKey, await send(admin.key, 'POST', '', { name: 'x', scopes: [] }))).toMatchObject({
        environment: own,
      })
    }
  })
})

test('without admin nothing of it opens, whatever else a key may', async () => {
  const { organization } = await setUp()
  const { key } = await makeKey(organization, { scopes: ['read:all', 'write:all', 'users:read'] })
  const other = await makeKey(organization)
  expect(await outcomeOf(await send(key, 'GET'))).toBe('insufficient_scope')
  expect(await outcomeOf(await send(key, 'POST', '', { name: 'x', scopes: [] }))).toBe('insufficient_scope')
  expect(await outcomeOf(await send(key, 'DELETE', `/${other.id}`))).toBe('insufficient_scope')
})
