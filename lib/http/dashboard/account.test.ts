import { describe, expect, test } from 'vitest'
import { dashboard } from '@/lib/http/dashboard/app'
import { prisma } from '@/lib/kernel/db/client'
import { makeAccount, openAccount, PASSWORD } from '@/lib/testing/accounts'
import { type Call, callDashboard, outcomeOf, readProblem, signInAs } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { hoursAway, makeKey, makeMember, makeOrganization } from '@/lib/testing/fixtures'
import { callKeyRoute, KEY_ROUTES } from '@/lib/testing/key-routes'

useTestDatabase()

const ROUTES: { route: string; path: string; call: Call }[] = [
  { route: 'GET /account', path: '/account', call: {} },
  { route: 'PATCH /account', path: '/account', call: { method: 'PATCH', body: { name: 'Ada King' } } },
  {
    route: 'POST /account/proof',
    path: '/account/proof',
    call: { method: 'POST', body: { password: PASSWORD } },
  },
  {
    route: 'POST /account/password',
    path: '/account/password',
    call: { method: 'POST', body: { current_password: PASSWORD, new_password: 'another password' } },
  },
  { route: 'GET /account/sessions', path: '/account/sessions', call: {} },
  { route: 'POST /account/sessions/end-others', path: '/account/sessions/end-others', call: { method: 'POST' } },
  { route: 'DELETE /account/sessions/:id', path: '/account/sessions/{id}', call: { method: 'DELETE' } },
]

test('every route of the account is tried here', () => {
  const routes = dashboard.routes
    .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/dashboard/account'))
    .map(({ method, path }) => `${method} ${path.slice('/api/dashboard'.length)}`)
  expect([...new Set(routes)].sort()).toEqual(ROUTES.map(({ route }) => route).sort())
})

/** Somebody signed in, and a way to call a route with a session of theirs that it may end. */
async function setUpAccount() {
  const user = await makeAccount()
  const cookie = await signInAs({ user })
  const { ctx } = await openAccount(user)
  const call = (who: string | null, { path, call }: (typeof ROUTES)[number], headers = {}) =>
    callDashboard(who, path.replace('{id}', ctx.session.id), { ...call, headers })
  return { cookie, call }
}

test.each(ROUTES)(
  '$route is open to the signed-in person, member of something or not, and to no one else',
  async (route) => {
    const { cookie, call } = await setUpAccount()
    const { key } = await makeKey(await makeOrganization(), { scopes: ['admin'] })
    expect(await outcomeOf(await call(null, route))).toBe('signed_out')
    expect(await outcomeOf(await call(null, route, { Authorization: `Bearer ${key}` }))).toBe('signed_out')
    expect(await outcomeOf(await call(cookie, route))).toBeTypeOf('number')
  },
)

test('no reply about the account holds the password or its hash', async () => {
  const { cookie, call } = await setUpAccount()
  for (const route of ROUTES) {
    expect(await (await call(cookie, route)).text(), route.route).not.toMatch(/argon2|correct horse|another password/)
  }
})

test('a new password that is too short or too long is refused with its field', async () => {
  const cookie = await signInAs({ user: await makeAccount() })
  for (const new_password of ['short', 'x'.repeat(1_025), '€'.repeat(400)]) {
    const body = { current_password: PASSWORD, new_password }
    const reply = await readProblem(await callDashboard(cookie, '/account/password', { method: 'POST', body }))
    expect(reply).toMatchObject({ code: 'validation_failed', errors: [{ path: 'new_password' }] })
  }
})

describe('an old proof', () => {
  const CHANGES = ['POST /', 'POST /:id/rotate', 'DELETE /:id']

  async function setUp(environment: 'live' | 'test' = 'live') {
    const organization = await makeOrganization()
    const member = await makeMember(organization)
    const cookie = await signInAs(member)
    await prisma().session.updateMany({
      where: { user_id: member.user.id },
      data: { proved_at: hoursAway(-0.26) },
    })
    return { organization, member, cookie, key: await makeKey(organization, { environment }) }
  }

  test.each(KEY_ROUTES.filter(({ route }) => CHANGES.includes(route)))(
    'stops $route of a live key, which then does nothing; a new one lets it go on',
    async (route) => {
      const { organization, member, cookie, key } = await setUp()
      const call = () => callKeyRoute(cookie, organization.slug, route, key.id)
      const rows = () => prisma().apiKey.findMany({ where: { organization_id: organization.id } })
      const before = await rows()
      expect(await readProblem(await call())).toMatchObject({ status: 403, code: 'proof_required' })
      expect(await rows()).toEqual(before)
      await prisma().session.updateMany({ where: { user_id: member.user.id }, data: { proved_at: new Date() } })
      expect(await outcomeOf(await call())).toBeTypeOf('number')
    },
  )

  test('stops no other route, and none of a test key', async () => {
    const { organization, cookie, key } = await setUp()
    for (const route of KEY_ROUTES.filter(({ route }) => !CHANGES.includes(route))) {
      const result = await outcomeOf(await callKeyRoute(cookie, organization.slug, route, key.id))
      expect(result, route.route).not.toBe('proof_required')
    }
    const sandbox = await setUp('test')
    const create = { method: 'POST', body: { name: 'New', environment: 'test', scopes: [] } }
    expect(
      await outcomeOf(await callDashboard(sandbox.cookie, `/orgs/${sandbox.organization.slug}/keys`, create)),
    ).toBe(201)
    for (const route of KEY_ROUTES.filter(({ route }) => CHANGES.slice(1).includes(route))) {
      const { id } = await makeKey(sandbox.organization, { environment: 'test' })
      expect(await outcomeOf(await callKeyRoute(sandbox.cookie, sandbox.organization.slug, route, id))).toBeTypeOf(
        'number',
      )
    }
  })

  test('says nothing of what the role forbids anyway', async () => {
    const organization = await makeOrganization()
    const member = await makeMember(organization, 'member')
    const cookie = await signInAs(member)
    await prisma().session.updateMany({ where: { user_id: member.user.id }, data: { proved_at: null } })
    const { id } = await makeKey(organization)
    for (const route of KEY_ROUTES.filter(({ route }) => CHANGES.includes(route))) {
      expect(await outcomeOf(await callKeyRoute(cookie, organization.slug, route, id))).toBe('role_forbids')
    }
  })
})
