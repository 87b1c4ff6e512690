import { describe, expect, test } from 'vitest'
import { apiKey, createdKey } from '@/lib/keys/contract'
import { callApi, callDashboard, outcomeOf, readProblem, signInAs } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeMember, makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

async function setUp() {
  const organization = await makeOrganization()
  const cookie = await signInAs(await makeMember(organization))
  const mint = (body: unknown, slug = organization.slug) =>
    callDashboard(cookie, `/orgs/${slug}/keys/playground`, { method: 'POST', body })
  return { organization, cookie, mint }
}

describe('a mint', () => {
  test('answers with the key this once, kept by no cache, and the key works at the very next call', async () => {
    const { organization, cookie, mint } = await setUp()
    const reply = await mint({ resource: 'contacts' })
    expect(reply.status).toBe(201)
    expect(reply.headers.get('Cache-Control')).toBe('no-store')
    const made = createdKey.parse(await reply.json())
    expect(made).toMatchObject({ playground: true, environment: 'test' })
    const contact = { method: 'POST', body: { email: 'ada@example.com' } }
    expect((await callApi('/contacts', { ...contact, key: made.key })).status).toBe(201)

    const list = await (await callDashboard(cookie, `/orgs/${organization.slug}/keys`)).text()
    expect(list).not.toContain(made.key.slice(14))
    expect(JSON.parse(list).data).toMatchObject([{ id: made.id, playground: true, name: 'Docs playground (temp)' }])
  })

  test('takes the resource and nothing else: what the key opens is not the caller’s to say', async () => {
    const { mint } = await setUp()
    for (const field of ['scopes', 'name', 'environment', 'expires_at', 'expires_in_hours', 'playground']) {
      expect(await readProblem(await mint({ resource: 'contacts', [field]: ['admin'] }))).toMatchObject({
        status: 422,
        errors: [{ path: field }],
      })
    }
    expect(await outcomeOf(await mint({}))).toBe('validation_failed')
    expect(await outcomeOf(await mint({ resource: ['contacts'] }))).toBe('validation_failed')
  })

  test('in another’s organisation is as if there were none', async () => {
    const { mint } = await setUp()
    const other = await makeOrganization()
    expect(await outcomeOf(await mint({ resource: 'contacts' }, other.slug))).toBe('not_found')
  })

  test('needs a person: a key opens no dashboard, and the public API mints none', async () => {
    const { organization } = await setUp()
    const { key } = await makeKey(organization, { scopes: ['admin'] })
    const reply = await callDashboard(null, `/orgs/${organization.slug}/keys/playground`, {
      method: 'POST',
      body: { resource: 'contacts' },
      headers: { Authorization: `Bearer ${key}` },
    })
    expect(await outcomeOf(reply)).toBe('signed_out')
    const field = { name: 'x', scopes: [], environment: 'live', playground: true }
    expect(await readProblem(await callApi('/api_keys', { method: 'POST', body: field, key }))).toMatchObject({
      errors: [{ path: 'playground' }],
    })
  })
})

test('a playground key is changed by no route, and says why', async () => {
  const { organization, cookie, mint } = await setUp()
  const { id } = createdKey.parse(await (await mint({ resource: 'contacts' })).json())
  const call = (path: string, method: string, body?: unknown) =>
    callDashboard(cookie, `/orgs/${organization.slug}/keys/${id}${path}`, { method, body })
  const edited = await readProblem(await call('', 'PATCH', { name: 'Mine' }))
  expect(edited).toMatchObject({
    status: 409,
    code: 'key_state',
    detail: expect.stringMatching(/^A docs playground key cannot be edited/),
  })
  expect(await outcomeOf(await call('/rotate', 'POST', { grace_hours: 0 }))).toBe('key_state')
  expect(apiKey.parse(await (await call('/revoke', 'POST', {})).json()).status).toBe('revoked')
  expect(await outcomeOf(await call('/reactivate', 'POST'))).toBe('key_state')
})
