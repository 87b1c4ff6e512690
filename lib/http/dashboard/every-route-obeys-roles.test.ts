import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { dashboard } from '@/lib/http/dashboard/app'
import { prisma } from '@/lib/kernel/db/client'
import type { Role } from '@/lib/kernel/db/generated/enums'
import { invite } from '@/lib/people/members/invitations/invite'
import { callDashboard, outcomeOf, signInAs } from '@/lib/testing/call'
import { DASHBOARD_ROUTES, type Needs, type Targets } from '@/lib/testing/dashboard-routes'
import { useTestDatabase } from '@/lib/testing/database'
import { alterKey, makeKey, makeMember, makeOrganization, operator } from '@/lib/testing/fixtures'

/** The table of who may do what, held against every route that the dashboard has. */

useTestDatabase()

const ROLES = ['admin', 'read_only_admin', 'member'] as const
const BOTH = [true, false]
const STANDINGS = ROLES.flatMap((role) => BOTH.flatMap((developer) => BOTH.map((flag) => ({ role, developer, flag }))))

type Standing = { role: Role; developer: boolean; flag: boolean }
type Route = (typeof DASHBOARD_ROUTES)[number]

async function makePlatformAdmin() {
  const data = { email: `${randomUUID()}@platform.test`, name: 'Petra', platform_admin: true }
  return { user: await prisma().user.create({ data }) }
}

/** A person of this standing in an organisation of their own, and the rows that a call can be about. */
async function setUp({ role, developer, flag }: Standing, route: Route) {
  const organization = await makeOrganization()
  const member = await makeMember(organization, role, { developer })
  const [key, person] = [await makeKey(organization), await makeMember(organization, 'member')]
  const asked = { email: `${randomUUID()}@routes.test`, role: 'member' as const, developer: false }
  const invitation = await invite(operator(organization), asked)
  if (route.route.endsWith('/reactivate')) await alterKey(key.id, { revoked_at: new Date() })
  await prisma().organization.update({ where: { id: organization.id }, data: { developer_api: flag } })
  const targets: Targets = {
    slug: organization.slug,
    key: key.id,
    person: person.user.id,
    invitation: invitation.id,
    platformAdmin: randomUUID(),
  }
  return { member, targets, cookie: await signInAs(member) }
}

const call = async (route: Route, cookie: string | null, targets: Targets) =>
  outcomeOf(await callDashboard(cookie, route.path(targets), route.call?.()))

/** The table, written from the roles and not from the code that enforces them. */
function expected(needs: Needs, { role, developer, flag }: Standing): string {
  const allowed = 'allowed'
  const only = (...roles: Role[]) => (roles.includes(role) ? allowed : 'role_forbids')
  if (needs === 'the platform') return 'not_found'
  if (needs === 'see people' || needs === 'see policy') return only('admin', 'read_only_admin')
  if (['manage people', 'ask for access', 'manage policy'].includes(needs)) return only('admin')
  if (needs !== 'see keys' && needs !== 'manage keys') return allowed
  if (!flag) return 'developer_api_disabled'
  if (!developer) return 'role_forbids'
  return needs === 'manage keys' ? only('admin') : only('admin', 'read_only_admin')
}

test('every route is in the table', () => {
  const routes = dashboard.routes
    // A person's own account asks for no standing; its routes have a test of their own.
    .filter(({ method, path }) => method !== 'ALL' && !path.startsWith('/api/dashboard/account'))
    .map(({ method, path }) => `${method} ${path.slice('/api/dashboard'.length)}`)
  expect([...new Set(routes)].toSorted()).toEqual(DASHBOARD_ROUTES.map(({ route }) => route).toSorted())
})

const OPEN = DASHBOARD_ROUTES.filter(({ needs }) => needs === 'nothing')
const CLOSED = DASHBOARD_ROUTES.filter(({ needs }) => needs !== 'nothing')
const INSIDE = CLOSED.filter(({ route }) => route.includes('/orgs/:org'))
const PLATFORM = CLOSED.filter(({ needs }) => needs === 'the platform')

describe.each(CLOSED)('$route', (route) => {
  test(`asks for ${route.needs}, of every role, with and without permission and flag`, async () => {
    for (const standing of STANDINGS) {
      const { cookie, targets } = await setUp(standing, route)
      const result = await call(route, cookie, targets)
      const seen = typeof result === 'number' ? 'allowed' : result
      // Whoever may ask for what is there already is told so.
      const there = route.needs === 'ask for access' && standing.flag && seen === 'wrong_state'
      expect(there ? 'allowed' : seen, JSON.stringify(standing)).toBe(expected(route.needs, standing))
    }
  })

  test('is closed without a session', async () => {
    const { targets } = await setUp({ role: 'admin', developer: true, flag: true }, route)
    expect(await call(route, null, targets)).toBe('signed_out')
  })
})

describe.each(INSIDE)('$route', (route) => {
  const admin: Standing = { role: 'admin', developer: true, flag: true }

  test('is as if it were not there for a removed member’s cookie, a stranger’s and a platform admin’s', async () => {
    const { member, targets, cookie } = await setUp(admin, route)
    await prisma().membership.deleteMany({ where: { user_id: member.user.id } })
    const stranger = await setUp(admin, route)
    for (const outsider of [cookie, stranger.cookie, await signInAs(await makePlatformAdmin())]) {
      expect(await call(route, outsider, targets)).toBe('not_found')
    }
  })

  test('obeys a demotion in mid-session at the very next call', async () => {
    const { member, targets, cookie } = await setUp(admin, route)
    expect(await outcomeOf(await callDashboard(cookie, `/orgs/${targets.slug}`))).toBe(200)
    await prisma().membership.updateMany({ where: { user_id: member.user.id }, data: { role: 'member' } })
    const result = await call(route, cookie, targets)
    const seen = typeof result === 'number' ? 'allowed' : result
    expect(seen).toBe(expected(route.needs, { ...admin, role: 'member' }))
  })
})

describe.each(PLATFORM)('$route', (route) => {
  test('is open to a platform admin, and closed at the very next call after that is taken', async () => {
    const { targets } = await setUp({ role: 'member', developer: false, flag: true }, route)
    const { user } = await makePlatformAdmin()
    const other = await makePlatformAdmin()
    await prisma().user.upsert({
      where: { email: 'nobody@routes.test' },
      create: { email: 'nobody@routes.test', name: 'Nobody' },
      update: {},
    })
    const organization = await prisma().organization.findUniqueOrThrow({ where: { slug: targets.slug } })
    await prisma().accessRequest.create({ data: { organization_id: organization.id } })
    const cookie = await signInAs({ user })
    expect(await call(route, cookie, { ...targets, platformAdmin: other.user.id })).toBeTypeOf('number')
    await prisma().user.update({ where: { id: user.id }, data: { platform_admin: false } })
    expect(await call(route, cookie, targets)).toBe('not_found')
  })
})

test.each(OPEN)('$route asks for no session', async (route) => {
  const { targets } = await setUp({ role: 'member', developer: false, flag: true }, route)
  expect(await call(route, null, targets)).not.toBe('signed_out')
})
