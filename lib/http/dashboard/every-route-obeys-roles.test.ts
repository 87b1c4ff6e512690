import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Role as RouteRole } from '@/lib/http/dashboard/caller'
import { prisma } from '@/lib/kernel/db/client'
import type { Role } from '@/lib/kernel/db/generated/enums'
import { outcomeOf, signInAs } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { alterKey, makeKey, makeMember, makeOrganization, unusedId } from '@/lib/testing/fixtures'
import { wholeReply } from '@/lib/testing/operations'
import {
  byTitle,
  callRoute,
  DASHBOARD_ROUTES,
  makeTargets,
  type NamedRoute,
  stateOf,
  type Targets,
  TO_BE_GRANTED,
} from '@/lib/testing/routes'

/** The table of who may do what, held against every route that the dashboard has. */

useTestDatabase()

const ROLES = ['admin', 'read_only_admin', 'member'] as const
const BOTH = [true, false]
const STANDINGS = ROLES.flatMap((role) => BOTH.flatMap((developer) => BOTH.map((flag) => ({ role, developer, flag }))))
const ADMIN: Standing = { role: 'admin', developer: true, flag: true }

type Standing = { role: Role; developer: boolean; flag: boolean }

async function makePlatformAdmin() {
  const data = { email: `${randomUUID()}@platform.test`, name: 'Petra', platform_admin: true }
  return { user: await prisma().user.create({ data }) }
}

/** A person of this standing in an organisation of their own, and the rows that a call can be about. */
async function setUp({ role, developer, flag }: Standing, { title, route }: NamedRoute) {
  const organization = await makeOrganization()
  const member = await makeMember(organization, role, { developer })
  const targets = await makeTargets(organization, route.names ?? 'nothing')
  if (title.endsWith('/reactivate')) await alterKey(targets.ids['API key'], { revoked_at: new Date() })
  await prisma().organization.update({ where: { id: organization.id }, data: { developer_api: flag } })
  const cookie = await signInAs(member)
  const [session] = await prisma().session.findMany({ where: { user_id: member.user.id } })
  return { organization, member, targets: own(targets, 'session', session?.id ?? ''), cookie }
}

const own = (targets: Targets, name: keyof Targets['ids'], id: string): Targets => ({
  ...targets,
  ids: { ...targets.ids, [name]: id },
})

const call = async (route: NamedRoute, cookie: string | null, targets: Targets) =>
  outcomeOf(await callRoute(cookie, route, targets))

/** The table, written from the roles and not from the code that enforces them. */
function expected(needs: RouteRole, { role, developer, flag }: Standing): string {
  const allowed = 'allowed'
  const only = (...roles: Role[]) => (roles.includes(role) ? allowed : 'role_forbids')
  switch (needs) {
    case 'anybody':
    case 'person':
    case 'member':
      return allowed
    case 'platform_admin':
      return 'not_found'
    case 'see_people':
    case 'see_policy':
      return only('admin', 'read_only_admin')
    case 'manage_people':
    case 'manage_policy':
    case 'see_audit':
    case 'request_access':
      return only('admin')
    case 'see_keys':
    case 'create_keys':
    case 'manage_keys':
    case 'see_webhooks':
    case 'manage_webhooks':
      if (!flag) return 'developer_api_disabled'
      if (!developer) return 'role_forbids'
      return needs.startsWith('manage_') ? only('admin') : only('admin', 'read_only_admin')
  }
}

const OPEN = DASHBOARD_ROUTES.filter(({ route }) => route.role === 'anybody')
const CLOSED = DASHBOARD_ROUTES.filter(({ route }) => route.role !== 'anybody')
const INSIDE = CLOSED.filter(({ route }) => route.path.startsWith('/orgs/:org'))
const PLATFORM = CLOSED.filter(({ route }) => route.path.startsWith('/platform/'))

test('a path names a row exactly where it says what that is', () => {
  for (const { title, route } of DASHBOARD_ROUTES) expect(route.path.includes(':id'), title).toBe('names' in route)
})

test('what lies inside an organisation, and on the platform, is for their own people', () => {
  const elsewhere = CLOSED.filter((one) => !INSIDE.includes(one) && !PLATFORM.includes(one))
  expect(new Set(elsewhere.map(({ route }) => route.role))).toEqual(new Set(['person']))
  expect(new Set(PLATFORM.map(({ route }) => route.role))).toEqual(new Set(['platform_admin']))
  for (const { title, route } of INSIDE) expect(route.role, title).not.toMatch(/^(person|platform_admin)$/)
})

describe.each(byTitle(CLOSED))('%s', (_, one) => {
  const { role } = one.route

  test(`asks for ${role}, of every role, with and without permission and flag`, async () => {
    for (const standing of STANDINGS) {
      const { cookie, targets } = await setUp(standing, one)
      const before = await stateOf(targets.org)
      const result = await call(one, cookie, targets)
      if (typeof result === 'string') expect(await stateOf(targets.org), JSON.stringify(standing)).toEqual(before)
      // Whoever may ask for what is there already is told so; whoever has no password has none to show.
      const there = role === 'request_access' && standing.flag && result === 'wrong_state'
      const none = one.route.path === '/account/proof' && result === 'validation_failed'
      const seen = typeof result === 'number' || there || none ? 'allowed' : result
      expect(seen, JSON.stringify(standing)).toBe(expected(role, standing))
    }
  })

  test('is closed without a session, and to an API key', async () => {
    const { organization, targets } = await setUp(ADMIN, one)
    expect(await call(one, null, targets)).toBe('signed_out')
    const { key } = await makeKey(organization, { scopes: ['admin'] })
    const headers = { Authorization: `Bearer ${key}`, 'X-API-Key': key }
    expect(await outcomeOf(await callRoute(null, one, targets, { headers }))).toBe('signed_out')
  })
})

describe.each(byTitle(INSIDE))('%s', (_, one) => {
  const { role, names } = one.route

  test('is as if it were not there for a removed member’s cookie, a stranger’s and a platform admin’s', async () => {
    const { member, targets, cookie } = await setUp(ADMIN, one)
    await prisma().membership.deleteMany({ where: { user_id: member.user.id } })
    const stranger = await setUp(ADMIN, one)
    const before = await stateOf(targets.org)
    for (const outsider of [cookie, stranger.cookie, await signInAs(await makePlatformAdmin())]) {
      const headers = { 'X-Request-Id': 'same' }
      const theirs = await wholeReply(await callRoute(outsider, one, targets, { headers }))
      const none = { ...targets, org: 'no-such-organisation' }
      expect(theirs).toEqual(await wholeReply(await callRoute(outsider, one, none, { headers })))
      expect(theirs.status).toBe(404)
    }
    expect(await stateOf(targets.org)).toEqual(before)
  })

  test('obeys a demotion, a loss of permission, the flag and a sign-out in mid-session at the very next call', async () => {
    const changes = [
      { standing: { ...ADMIN, role: 'member' as const }, data: { role: 'member' as const } },
      { standing: { ...ADMIN, developer: false }, data: { developer: false } },
    ]
    for (const { standing, data } of changes) {
      const { member, targets, cookie } = await setUp(ADMIN, one)
      await prisma().membership.updateMany({ where: { user_id: member.user.id }, data })
      const result = await call(one, cookie, targets)
      const there = role === 'request_access' && result === 'wrong_state'
      expect(typeof result === 'number' || there ? 'allowed' : result).toBe(expected(role, standing))
    }
    const { member, targets, cookie } = await setUp(ADMIN, one)
    await prisma().session.deleteMany({ where: { user_id: member.user.id } })
    expect(await call(one, cookie, targets)).toBe('signed_out')
  })

  test.runIf(names)('answers for what another organisation has as for what never was', async () => {
    const [set, other] = [await setUp(ADMIN, one), await setUp(ADMIN, one)]
    const before = await stateOf(other.targets.org)
    const headers = { 'X-Request-Id': 'same' }
    const replyFor = async (ids: Targets['ids']) =>
      wholeReply(await callRoute(set.cookie, one, { ...set.targets, ids }, { headers }))
    const named = (id: string): Targets['ids'] => own(set.targets, names ?? 'API key', id).ids
    const [theirs, none] = [await replyFor(other.targets.ids), await replyFor(named(unusedId()))]
    expect(theirs).toEqual(none)
    expect(theirs.status).toBe(404)
    expect(await stateOf(other.targets.org)).toEqual(before)
    for (const id of ['1', '%00', 'x'.repeat(500)]) expect((await replyFor(named(id))).status, id).toBe(404)
  })
})

describe.each(byTitle(PLATFORM))('%s', (_, one) => {
  test('is open to a platform admin, and closed at the very next call after that is taken', async () => {
    const { organization, targets } = await setUp({ role: 'member', developer: false, flag: true }, one)
    const { user } = await makePlatformAdmin()
    const other = await makePlatformAdmin()
    await prisma().user.upsert({
      where: { email: TO_BE_GRANTED },
      create: { email: TO_BE_GRANTED, name: 'Nobody' },
      update: {},
    })
    await prisma().accessRequest.create({ data: { organization_id: organization.id } })
    const cookie = await signInAs({ user })
    expect(await call(one, cookie, own(targets, 'platform admin', other.user.id))).toBeTypeOf('number')
    await prisma().user.update({ where: { id: user.id }, data: { platform_admin: false } })
    expect(await call(one, cookie, targets)).toBe('not_found')
  })
})

test.each(byTitle(OPEN))('%s asks for no session', async (_, one) => {
  const { targets } = await setUp({ role: 'member', developer: false, flag: true }, one)
  expect(await call(one, null, targets)).not.toBe('signed_out')
})
