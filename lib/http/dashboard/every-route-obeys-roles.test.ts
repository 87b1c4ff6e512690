import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Role as RouteRole } from '@/lib/http/dashboard/caller'
import type { Named } from '@/lib/http/dashboard/route'
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
  type Targets,
  TO_BE_GRANTED,
} from '@/lib/testing/routes'
import { writtenOf } from '@/lib/testing/written'

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

const own = (targets: Targets, name: keyof Targets['ids'], id: string): Targets => ({
  ...targets,
  ids: { ...targets.ids, [name]: id },
})

/** A person of this standing in an organisation of their own, and the rows that a call can be about. */
async function makeScene({ role, developer, flag }: Standing, only?: Named | 'nothing') {
  const organization = await makeOrganization()
  const member = await makeMember(organization, role, { developer })
  const targets = await makeTargets(organization, only)
  // Reactivating is about a key that was revoked; of all others there is none then.
  const revoked = only === undefined || only === 'API key' ? (await makeKey(organization)).id : null
  if (revoked) await alterKey(revoked, { revoked_at: new Date() })
  await prisma().organization.update({ where: { id: organization.id }, data: { developer_api: flag } })
  const cookie = await signInAs(member)
  const [session] = await prisma().session.findMany({ where: { user_id: member.user.id } })
  const targetsFor = ({ title }: NamedRoute) => {
    const about = own(targets, 'session', session?.id ?? '')
    return revoked && title.endsWith('/reactivate') ? own(about, 'API key', revoked) : about
  }
  return { slug: organization.slug, organization, member, targetsFor, cookie }
}

type Scene = Awaited<ReturnType<typeof makeScene>>

/** A scene for one call, which changes it. */
const freshScene = (standing: Standing, { route }: NamedRoute) => makeScene(standing, route.names ?? 'nothing')

const kept = new Map<string, Promise<Scene>>()

/** The scene of a standing that all calls share which are to change nothing; `which` of several that are alike. */
function sharedScene(standing: Standing, which = 'one'): Promise<Scene> {
  const name = JSON.stringify([standing, which])
  const scene = kept.get(name) ?? makeScene(standing)
  kept.set(name, scene)
  return scene
}

let leftOut: Promise<string[]> | undefined

/** The cookies of somebody who was a member of the shared organisation, of a stranger and of a platform admin. */
function outsiders(): Promise<string[]> {
  const make = async () => {
    const { organization } = await sharedScene(ADMIN)
    const member = await makeMember(organization)
    const removed = await signInAs(member)
    await prisma().membership.deleteMany({ where: { user_id: member.user.id } })
    const stranger = await sharedScene(ADMIN, 'others')
    return [removed, stranger.cookie, await signInAs(await makePlatformAdmin())]
  }
  leftOut ??= make()
  return leftOut
}

/** A call that is allowed to change something has a scene to itself. */
const sceneFor = (standing: Standing, one: NamedRoute) =>
  one.route.method !== 'get' && expected(one.route.role, standing) === 'allowed'
    ? freshScene(standing, one)
    : sharedScene(standing)

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

/** What an outcome comes to: whoever may ask for what is there already is told so; who has no password has none to show. */
function seen({ route }: NamedRoute, result: string | number, flag = true): string {
  const there = route.role === 'request_access' && flag && result === 'wrong_state'
  const none = route.path === '/account/proof' && result === 'validation_failed'
  return typeof result === 'number' || there || none ? 'allowed' : result
}

describe.each(byTitle(CLOSED))('%s', (_, one) => {
  const { role } = one.route

  test(`asks for ${role}, of every role, with and without permission and flag`, async () => {
    const shared = (await Promise.all(STANDINGS.map((standing) => sharedScene(standing)))).map(({ slug }) => slug)
    const before = await writtenOf(...shared)
    for (const standing of STANDINGS) {
      const scene = await sceneFor(standing, one)
      const result = await call(one, scene.cookie, scene.targetsFor(one))
      expect(seen(one, result, standing.flag), JSON.stringify(standing)).toBe(expected(role, standing))
    }
    expect(await writtenOf(...shared)).toEqual(before)
  })

  test('is closed without a session, and to an API key', async () => {
    const { organization, targetsFor } = await sharedScene(ADMIN)
    expect(await call(one, null, targetsFor(one))).toBe('signed_out')
    const { key } = await makeKey(organization, { scopes: ['admin'] })
    const headers = { Authorization: `Bearer ${key}`, 'X-API-Key': key }
    expect(await outcomeOf(await callRoute(null, one, targetsFor(one), { headers }))).toBe('signed_out')
  })
})

describe.each(byTitle(INSIDE))('%s', (_, one) => {
  const { role, names } = one.route

  test('is as if it were not there for a removed member’s cookie, a stranger’s and a platform admin’s', async () => {
    const { slug, targetsFor } = await sharedScene(ADMIN)
    const outside = await outsiders()
    const before = await writtenOf(slug)
    for (const outsider of outside) {
      const headers = { 'X-Request-Id': 'same' }
      const theirs = await wholeReply(await callRoute(outsider, one, targetsFor(one), { headers }))
      const none = { ...targetsFor(one), org: 'no-such-organisation' }
      expect(theirs).toEqual(await wholeReply(await callRoute(outsider, one, none, { headers })))
      expect(theirs.status).toBe(404)
    }
    expect(await writtenOf(slug)).toEqual(before)
  })

  test('obeys a demotion, a loss of permission, the flag and a sign-out in mid-session at the very next call', async () => {
    const changes = [
      { standing: { ...ADMIN, role: 'member' as const }, data: { role: 'member' as const } },
      { standing: { ...ADMIN, developer: false }, data: { developer: false } },
    ]
    for (const { standing, data } of changes) {
      const isAllowed = expected(role, standing) === 'allowed'
      const { member, targetsFor, cookie } = await (isAllowed ? freshScene(ADMIN, one) : sharedScene(ADMIN, 'changing'))
      const where = { user_id: member.user.id }
      await prisma().membership.updateMany({ where, data })
      expect(seen(one, await call(one, cookie, targetsFor(one)))).toBe(expected(role, standing))
      await prisma().membership.updateMany({ where, data: { role: 'admin', developer: true } })
    }
    const { member, targetsFor } = await sharedScene(ADMIN, 'signing out')
    const cookie = await signInAs(member)
    await prisma().session.deleteMany({ where: { user_id: member.user.id } })
    expect(await call(one, cookie, targetsFor(one))).toBe('signed_out')
  })

  test.runIf(names)('answers for what another organisation has as for what never was', async () => {
    const [us, others] = [await sharedScene(ADMIN), await sharedScene(ADMIN, 'others')]
    const before = await writtenOf(us.slug, others.slug)
    const headers = { 'X-Request-Id': 'same' }
    const replyFor = async (ids: Targets['ids']) =>
      wholeReply(await callRoute(us.cookie, one, { org: us.slug, ids }, { headers }))
    const named = (id: string): Targets['ids'] => own(us.targetsFor(one), names ?? 'API key', id).ids
    const [theirs, none] = [await replyFor(others.targetsFor(one).ids), await replyFor(named(unusedId()))]
    expect(theirs).toEqual(none)
    expect(theirs.status).toBe(404)
    for (const id of ['1', '%00', 'x'.repeat(500)]) expect((await replyFor(named(id))).status, id).toBe(404)
    expect(await writtenOf(us.slug, others.slug)).toEqual(before)
  })
})

describe.each(byTitle(PLATFORM))('%s', (_, one) => {
  test('is open to a platform admin, and closed at the very next call after that is taken', async () => {
    const { organization, targetsFor } = await freshScene({ role: 'member', developer: false, flag: true }, one)
    const targets = targetsFor(one)
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
  const { targetsFor } = await freshScene({ role: 'member', developer: false, flag: true }, one)
  expect(await call(one, null, targetsFor(one))).not.toBe('signed_out')
})
