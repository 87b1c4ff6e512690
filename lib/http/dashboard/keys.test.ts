import { describe, expect, test } from 'vitest'
import { apiKey, createdKey } from '@/lib/keys/contract'
import { callApi, callDashboard, outcomeOf, readProblem, signInAs } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { hoursAway, makeMember, makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

async function setUp() {
  const organization = await makeOrganization()
  const member = await makeMember(organization)
  const cookie = await signInAs(member)
  const call = (path: string, method: string, body?: unknown) =>
    callDashboard(cookie, `/orgs/${organization.slug}/keys${path}`, { method, ...(body !== undefined && { body }) })
  return { organization, member, call }
}

const NEW = { name: 'CRM', environment: 'live', scopes: ['contacts:read'] }

describe('the life of a key', () => {
  test('from creation to deletion, each step holding at the very next call', async () => {
    const { call } = await setUp()
    const answers = async (key: string) => outcomeOf(await callApi('/contacts', { key }))

    const created = await call('', 'POST', NEW)
    expect(created.status).toBe(201)
    expect(created.headers.get('Cache-Control')).toBe('no-store')
    const made = createdKey.parse(await created.json())
    expect(await answers(made.key)).toBe(200)

    const step = async (path: string, method: string, body?: unknown) =>
      apiKey.parse(await (await call(`/${made.id}${path}`, method, body)).json())
    expect((await step('', 'PATCH', { scopes: [] })).scopes).toEqual([])
    expect(await answers(made.key)).toBe('insufficient_scope')
    await step('', 'PATCH', { scopes: ['contacts:read'] })

    expect(await step('/revoke', 'POST', { reason: 'Not used' })).toMatchObject({
      status: 'revoked',
      revoked_reason: 'Not used',
    })
    expect(await answers(made.key)).toBe('revoked_key')
    expect((await step('/reactivate', 'POST')).status).toBe('active')
    expect(await answers(made.key)).toBe(200)

    const rotated = await call(`/${made.id}/rotate`, 'POST', { grace_hours: 0 })
    expect(rotated.status).toBe(201)
    const successor = createdKey.parse(await rotated.json())
    expect(await answers(made.key)).toBe('rotated_key')
    expect(await answers(successor.key)).toBe(200)

    expect((await call(`/${successor.id}`, 'DELETE')).status).toBe(204)
    expect(await answers(successor.key)).toBe('invalid_key')
    expect(await outcomeOf(await call(`/${successor.id}`, 'GET'))).toBe('not_found')
  })

  test('as leaked ends for good', async () => {
    const { call } = await setUp()
    const { id } = createdKey.parse(await (await call('', 'POST', NEW)).json())
    await call(`/${id}/revoke`, 'POST', { leaked: true })
    expect(await readProblem(await call(`/${id}/reactivate`, 'POST'))).toMatchObject({ status: 409, code: 'key_state' })
  })
})

describe('the key itself', () => {
  test('is in the reply to its creation and to its rotation, and in no other', async () => {
    const { call } = await setUp()
    const made = createdKey.parse(await (await call('', 'POST', NEW)).json())
    const successor = createdKey.parse(await (await call(`/${made.id}/rotate`, 'POST', { grace_hours: 24 })).json())
    const replies = [
      await call('', 'GET'),
      await call(`/${made.id}`, 'GET'),
      await call(`/${successor.id}`, 'PATCH', { name: 'Other' }),
      await call(`/${successor.id}/revoke`, 'POST', {}),
      await call(`/${successor.id}/reactivate`, 'POST'),
      await call(`/${made.id}/rotate`, 'POST', { grace_hours: 24 }),
    ]
    for (const reply of replies) {
      const text = await reply.text()
      for (const { key } of [made, successor]) expect(text).not.toContain(key.slice(14))
      expect(text).not.toMatch(/hash|lineage/)
    }
  })
})

describe('a wrong field', () => {
  test.each([
    [{ name: '' }, 'name', 'validation_failed'],
    [{ name: 'x'.repeat(101) }, 'name', 'validation_failed'],
    [{ name: 'a\u0000' }, 'name', 'validation_failed'],
    [{ name: 'a\u202eb' }, 'name', 'validation_failed'],
    [{ name: '\ud800' }, 'name', 'validation_failed'],
    [{ name: { set: 'x' } }, 'name', 'validation_failed'],
    [{ scopes: ['leads:fly'] }, 'scopes.0', 'invalid_scope'],
    [{ scopes: ['contacts:read', '*'] }, 'scopes.1', 'invalid_scope'],
    [{ expires_at: '2020-01-01T00:00:00Z' }, 'expires_at', 'validation_failed'],
    [{ expires_at: hoursAway(9_000).toISOString() }, 'expires_at', 'validation_failed'],
    [{ expires_at: 'soon' }, 'expires_at', 'validation_failed'],
    [{ allowed_ips: ['10.0.0.1/8'] }, 'allowed_ips.0', 'validation_failed'],
    [{ organization_id: 'x' }, 'organization_id', 'validation_failed'],
    [{ created_by: 'x' }, 'created_by', 'validation_failed'],
    [{ hash: 'x' }, 'hash', 'validation_failed'],
    [{ key: 'lk_live_x' }, 'key', 'validation_failed'],
    [{ revoked_at: null }, 'revoked_at', 'validation_failed'],
    [{ role: 'admin' }, 'role', 'validation_failed'],
    [{ userId: 'x' }, 'userId', 'validation_failed'],
    [{ last_used_at: null }, 'last_used_at', 'validation_failed'],
    [{ id: 'x' }, 'id', 'validation_failed'],
  ])('%j is a 422 that names it', async (fields, path, code) => {
    const { call } = await setUp()
    const response = await call('', 'POST', { ...NEW, ...fields })
    expect(await readProblem(response)).toMatchObject({ status: 422, code, errors: [{ path }] })
    const list: { data: unknown[] } = await (await call('', 'GET')).json()
    expect(list.data).toEqual([])
  })

  test('of an unknown scope is told in the documents’ words', async () => {
    const { call } = await setUp()
    const { detail } = await readProblem(await call('', 'POST', { ...NEW, scopes: ['leads:fly'] }))
    expect(detail).toMatch(/^Invalid scope/)
  })

  test('of an edit: environment and expiry are none that change', async () => {
    const { call } = await setUp()
    const { id } = createdKey.parse(await (await call('', 'POST', NEW)).json())
    for (const field of ['environment', 'expires_at', 'expires_in_hours', 'leaked', 'lineage_id']) {
      expect(await readProblem(await call(`/${id}`, 'PATCH', { [field]: 'x' }))).toMatchObject({
        errors: [{ path: field }],
      })
    }
  })

  test('of the list is refused by its name', async () => {
    const { call } = await setUp()
    for (const query of [
      'limit=0',
      'limit=101',
      'limit=-1',
      'limit[]=1',
      'sort=hash',
      'status=on',
      'q=',
      'q=%00',
      'x=1',
      'limit=1&limit=2',
    ]) {
      expect(await outcomeOf(await call(`?${query}`, 'GET')), query).toBe('validation_failed')
    }
    expect(await outcomeOf(await call('?cursor=abc', 'GET'))).toBe('invalid_cursor')
  })
})

test('a name is shown as it was given, markup and formulas too, and as JSON never as a page', async () => {
  const { call } = await setUp()
  for (const name of ['<img src=x onerror=alert(1)>', '=HYPERLINK("http://x")', '</script><b>', 'a & b "c"']) {
    const created = await call('', 'POST', { ...NEW, name })
    expect(created.headers.get('Content-Type')).toBe('application/json')
    const { id } = createdKey.parse(await created.json())
    expect(apiKey.parse(await (await call(`/${id}`, 'GET')).json()).name).toBe(name)
  }
})
