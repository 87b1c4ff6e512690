import { describe, expect, test } from 'vitest'
import { HOUR_MS } from '@/lib/base/time'
import { dashboard } from '@/lib/http/dashboard/app'
import { prisma } from '@/lib/kernel/db/client'
import type { Role } from '@/lib/kernel/db/generated/enums'
import { CATALOGUE } from '@/lib/resources/register'
import { callDashboard, outcomeOf, readProblem, signInAs } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { alterKey, makeKey, makeMember, makeOrganization, unusedId } from '@/lib/testing/fixtures'
import { callKeyRoute, KEY_ROUTES } from '@/lib/testing/key-routes'
import { wholeReply } from '@/lib/testing/operations'

useTestDatabase()

async function setUp(role: Role = 'admin', options: { developer?: boolean } = {}) {
  const organization = await makeOrganization()
  const member = await makeMember(organization, role, options)
  const key = await makeKey(organization, { scopes: ['contacts:read'] })
  return { organization, member, key, cookie: await signInAs(member) }
}

const stateOf = (organization_id: string) =>
  prisma().apiKey.findMany({ where: { organization_id }, orderBy: { id: 'asc' } })

test('every route of the keys is tried here', () => {
  const routes = dashboard.routes
    .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/dashboard/orgs/:org/keys'))
    .map(({ method, path }) => `${method} ${path.slice('/api/dashboard/orgs/:org/keys'.length) || '/'}`)
  expect([...new Set(routes)].sort()).toEqual(KEY_ROUTES.map(({ route }) => route).sort())
})

describe.each(KEY_ROUTES)('$route', (route) => {
  /** What the route answers to such a person, and that it did nothing where it refused. */
  async function outcomeFor(set: Awaited<ReturnType<typeof setUp>>, cookie: string | null = set.cookie) {
    if (route.route === 'POST /:id/reactivate') await alterKey(set.key.id, { revoked_at: new Date() })
    const before = await stateOf(set.organization.id)
    const result = await outcomeOf(await callKeyRoute(cookie, set.organization.slug, route, set.key.id))
    if (typeof result === 'string') expect(await stateOf(set.organization.id)).toEqual(before)
    return result
  }

  test('is open to an Admin with the Developer permission', async () => {
    expect(await outcomeFor(await setUp('admin'))).toBeTypeOf('number')
  })

  test(`is ${route.manages ? 'closed' : 'open'} to a Read-Only Admin`, async () => {
    const expected = route.manages ? 'role_forbids' : expect.any(Number)
    expect(await outcomeFor(await setUp('read_only_admin'))).toEqual(expected)
  })

  test('is closed to a Member', async () => {
    expect(await outcomeFor(await setUp('member'))).toBe('role_forbids')
  })

  test('is closed without the Developer permission, whatever the role', async () => {
    for (const role of ['admin', 'read_only_admin', 'member'] as const) {
      expect(await outcomeFor(await setUp(role, { developer: false }))).toBe('role_forbids')
    }
  })

  test('is closed at the very next call after a demotion, a loss of permission, a removal or a sign-out', async () => {
    const changes = {
      role_forbids: (where: { user_id: string }) => prisma().membership.updateMany({ where, data: { role: 'member' } }),
      not_found: (where: { user_id: string }) => prisma().membership.deleteMany({ where }),
      signed_out: (where: { user_id: string }) => prisma().session.deleteMany({ where }),
    }
    for (const [code, change] of Object.entries(changes)) {
      const set = await setUp('admin')
      expect((await callKeyRoute(set.cookie, set.organization.slug, KEY_ROUTES[0], set.key.id)).status).toBe(200)
      await change({ user_id: set.member.user.id })
      expect(await outcomeFor(set)).toBe(code)
    }
  })

  test('is closed at the very next call after the organisation’s flag goes off', async () => {
    const set = await setUp('admin')
    await prisma().organization.update({ where: { id: set.organization.id }, data: { developer_api: false } })
    expect(await outcomeFor(set)).toBe('developer_api_disabled')
  })

  test('is closed to the Admin of another organisation, as if there were none of that name', async () => {
    const [set, other] = [await setUp('admin'), await setUp('admin')]
    const headers = { 'X-Request-Id': 'same' }
    const [theirs, none] = await Promise.all(
      [set.organization.slug, 'no-such-organisation'].map(async (slug) =>
        wholeReply(await callKeyRoute(other.cookie, slug, route, set.key.id, { headers })),
      ),
    )
    expect(theirs).toEqual(none)
    expect(theirs?.status).toBe(404)
  })

  test.runIf(route.path.includes('{id}'))(
    'answers for another organisation’s key as for one that never was',
    async () => {
      const [set, other] = [await setUp('admin'), await setUp('admin')]
      const before = await stateOf(other.organization.id)
      const headers = { 'X-Request-Id': 'same' }
      const replies = await Promise.all(
        [other.key.id, unusedId()].map(async (id) =>
          wholeReply(await callKeyRoute(set.cookie, set.organization.slug, route, id, { headers })),
        ),
      )
      expect(replies[0]).toEqual(replies[1])
      expect(replies[0]?.status).toBe(404)
      expect(await stateOf(other.organization.id)).toEqual(before)
      for (const id of ['1', '%00', 'x'.repeat(500)]) {
        expect((await callKeyRoute(set.cookie, set.organization.slug, route, id)).status, id).toBe(404)
      }
    },
  )

  test('is closed to an API key, and without a session', async () => {
    const set = await setUp('admin')
    expect(await outcomeFor(set, null)).toBe('signed_out')
    const { key } = await makeKey(set.organization, { scopes: ['admin'] })
    const headers = { Authorization: `Bearer ${key}`, 'X-API-Key': key }
    const response = await callKeyRoute(null, set.organization.slug, route, set.key.id, { headers })
    expect(await outcomeOf(response)).toBe('signed_out')
  })

  test('is closed to a platform admin who is no member', async () => {
    const set = await setUp('admin')
    const { user } = await makeMember(await makeOrganization())
    await prisma().user.update({ where: { id: user.id }, data: { platform_admin: true } })
    expect(await outcomeFor(set, await signInAs({ user }))).toBe('not_found')
  })
})

describe('a Read-Only Admin', () => {
  const create = async (cookie: string, slug: string, fields: object) =>
    callDashboard(cookie, `/orgs/${slug}/keys`, {
      method: 'POST',
      body: { name: 'New', environment: 'live', scopes: [], ...fields },
    })

  test('creates with reading scopes and no other', async () => {
    const { cookie, organization } = await setUp('read_only_admin')
    for (const { scope } of CATALOGUE.scopes) {
      const response = await create(cookie, organization.slug, { scopes: ['read:all', scope] })
      if (scope === 'read:all' || scope.endsWith(':read')) expect(response.status, scope).toBe(201)
      else {
        expect(await readProblem(response), scope).toMatchObject({
          status: 403,
          detail: expect.stringMatching(/^User cannot create keys with these scopes/),
        })
      }
    }
  })

  test('gets 72 hours, whatever is asked for', async () => {
    const { cookie, organization } = await setUp('read_only_admin')
    for (const asked of [{}, { expires_in_hours: 8_760 }, { expires_at: null }]) {
      const response = await create(cookie, organization.slug, { scopes: ['read:all'], ...asked })
      const made: { expires_at: string; created_at: string } = await response.json()
      expect(Date.parse(made.expires_at) - Date.parse(made.created_at)).toBe(72 * HOUR_MS)
    }
  })
})

test('what a person may is told with the reason for what they may not', async () => {
  for (const [role, may] of [
    ['admin', [true, true, true]],
    ['read_only_admin', [true, true, false]],
    ['member', [false, false, false]],
  ] as const) {
    const { cookie, organization } = await setUp(role)
    const response = await callDashboard(cookie, `/orgs/${organization.slug}`)
    const told: { may: Record<string, { allowed: boolean; reason?: string }> } = await response.json()
    const { see_keys, create_keys, manage_keys } = told.may
    expect([see_keys, create_keys, manage_keys].map((one) => one?.allowed)).toEqual(may)
    for (const one of Object.values(told.may)) expect(one.allowed || (one.reason ?? '').length > 20).toBe(true)
  }
})
