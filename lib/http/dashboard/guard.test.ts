import { randomUUID } from 'node:crypto'
import { encode } from 'next-auth/jwt'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { runtime, setRuntime } from '@/lib/base/node/runtime'
import { sessionCookie } from '@/lib/http/session-cookie'
import { prisma } from '@/lib/kernel/db/client'
import { callDashboard, cookieOf, outcomeOf, readProblem, signInAs } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { hoursAway, makeKey, makeMember, makeOrganization } from '@/lib/testing/fixtures'
import { byTitle, callRoute, DASHBOARD_ROUTES, makeTargets, pathOfRoute } from '@/lib/testing/routes'
import { writtenOf } from '@/lib/testing/written'

useTestDatabase()

async function setUp() {
  const organization = await makeOrganization()
  const member = await makeMember(organization)
  return { organization, member, targets: await makeTargets(organization), cookie: await signInAs(member) }
}

const CHANGES = DASHBOARD_ROUTES.filter(({ route }) => route.method !== 'get')
const READS = DASHBOARD_ROUTES.filter(({ route }) => route.method === 'get')

describe('a request from another site', () => {
  // For all routes: none of these calls is to change anything.
  let scene: Awaited<ReturnType<typeof setUp>>
  beforeAll(async () => {
    scene = await setUp()
  })

  test.each(byTitle(CHANGES))('changes nothing by %s, whatever Origin it has', async (_, route) => {
    const { cookie, targets } = scene
    const before = await writtenOf(targets.org)
    const ours = runtime().appUrl
    const origins = [
      'https://evil.test',
      'null',
      '',
      `${ours}.evil.test`,
      `${ours}/`,
      'http://localhost',
      'https://localhost:3000',
      `${ours}:80`,
    ]
    for (const Origin of origins) {
      const response = await callRoute(cookie, route, targets, { headers: { Origin } })
      expect(await readProblem(response), Origin).toMatchObject({ status: 403, code: 'cross_site_request' })
    }
    expect(await writtenOf(targets.org)).toEqual(before)
  })

  test('is refused without an Origin, before the session is looked at', async () => {
    const { targets } = await setUp()
    const headers = { Origin: '', Referer: `${runtime().appUrl}/orgs`, 'Sec-Fetch-Site': 'same-origin' }
    for (const route of CHANGES) {
      expect(await outcomeOf(await callRoute(null, route, targets, { headers })), route.title).toBe(
        'cross_site_request',
      )
    }
  })

  test('cannot be a plain form: what takes a body takes JSON only', async () => {
    const { cookie, targets, member } = await setUp()
    await prisma().user.update({ where: { id: member.user.id }, data: { platform_admin: true } })
    const before = await writtenOf(targets.org)
    for (const route of CHANGES.filter(({ route }) => route.body)) {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
        const response = await callRoute(cookie, route, targets, { headers: { 'Content-Type': type } })
        // The first run is over: that path is none.
        const expected = route.route.path === '/setup' ? 'not_found' : 'unsupported_media_type'
        expect(await outcomeOf(response), `${route.title} ${type}`).toBe(expected)
      }
    }
    expect(await writtenOf(targets.org)).toEqual(before)
  })

  test('changes nothing by GET or HEAD on any path', async () => {
    const { cookie, targets } = await setUp()
    const before = await writtenOf(targets.org)
    for (const { route } of DASHBOARD_ROUTES) {
      for (const method of ['GET', 'HEAD']) {
        const path = pathOfRoute(route, targets)
        await callDashboard(cookie, path, { method, headers: { 'X-HTTP-Method-Override': 'DELETE' } })
        await callDashboard(cookie, `${path}?_method=DELETE`, { method })
      }
    }
    expect(await writtenOf(targets.org)).toEqual(before)
  })

  test('reads nothing that the browser would hand over: no CORS header is ever sent', async () => {
    const { cookie, targets } = await setUp()
    for (const route of READS) {
      const headers = { Origin: 'https://evil.test' }
      const response = await callRoute(cookie, route, targets, { headers })
      expect(
        [...response.headers.keys()].filter((name) => name.startsWith('access-control')),
        route.title,
      ).toEqual([])
    }
  })
})

describe('a session', () => {
  const session = async (cookie: string | null) => outcomeOf(await callDashboard(cookie, '/session'))

  test('that is open tells who is signed in, and where', async () => {
    const { cookie, member, organization } = await setUp()
    const response = await callDashboard(cookie, '/session')
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(await response.json()).toEqual({
      user: { ...member.user, platform_admin: false },
      organizations: [{ id: organization.id, slug: organization.slug, name: organization.name, role: 'admin' }],
    })
  })

  test('ends for a copied cookie too when its row is gone or over', async () => {
    const [closed, over] = [await setUp(), await setUp()]
    await prisma().session.deleteMany({ where: { user_id: closed.member.user.id } })
    await prisma().session.updateMany({
      where: { user_id: over.member.user.id },
      data: { expires_at: hoursAway(-0.01) },
    })
    for (const { cookie } of [closed, over]) expect(await session(cookie)).toBe('signed_out')
  })

  test('is opened by no forged, foreign, plain or broken token', async () => {
    const { id } = await prisma().session.findFirstOrThrow({ where: { user_id: (await setUp()).member.user.id } })
    const secret = runtime().authSecret
    const name = sessionCookie()
    const cookies = [
      null,
      `${name}=`,
      `${name}=${id}`,
      `${name}=null`,
      `other=${(await cookieOf(id)).split('=')[1]}`,
      await cookieOf(id, 'another secret of some length, not ours'),
      await cookieOf(randomUUID()),
      await cookieOf("' OR 1=1 --"),
      `${name}=${await encode({ token: { sub: id, user_id: id }, secret })}`,
      `${name}=${await encode({ token: { session_id: id }, secret, maxAge: -60 })}`,
      `${(await cookieOf(id)).slice(0, -4)}AAAA`,
      `${name}=eyJhbGciOiJub25lIn0.${Buffer.from(JSON.stringify({ session_id: id })).toString('base64url')}.`,
    ]
    for (const cookie of cookies) expect(await session(cookie), String(cookie)).toBe('signed_out')
    expect(await session(await cookieOf(id))).toBe(200)
  })

  test('is not opened by the raw key of an organisation', async () => {
    const { organization } = await setUp()
    const { key } = await makeKey(organization, { scopes: ['admin'] })
    expect(
      await outcomeOf(await callDashboard(null, '/session', { headers: { Authorization: `Bearer ${key}` } })),
    ).toBe('signed_out')
  })
})

describe('HTTPS', () => {
  const plain = () => ({ ...runtime(), requireHttps: false })
  afterEach(() => setRuntime(plain()))

  test('is required where it is required', async () => {
    const { cookie } = await setUp()
    setRuntime({ ...plain(), requireHttps: true })
    expect(await outcomeOf(await callDashboard(cookie, '/session'))).toBe('https_required')
    expect(await outcomeOf(await callDashboard(cookie, '/session', { peer: { https: true } }))).toBe(200)
  })
})

describe('a path that does not exist', () => {
  test('is 404 in JSON for who is signed in, and 401 for others', async () => {
    const { cookie, organization } = await setUp()
    for (const path of [
      '/',
      '/nothing',
      `/orgs/${organization.slug}/nothing`,
      `/orgs/${organization.slug}/keys/x/y/z`,
    ]) {
      expect(await outcomeOf(await callDashboard(cookie, path)), path).toBe('not_found')
      expect(await outcomeOf(await callDashboard(null, path)), path).toBe('signed_out')
    }
  })

  test('is 404 for the name of an organisation that none can have', async () => {
    const { cookie } = await setUp()
    for (const slug of ['%00', '%FF', '%ZZ', '%ED%A0%80', '..', 'ACME', 'x'.repeat(3_000), "'--", '%F0%9F%98%80']) {
      for (const path of [`/orgs/${slug}`, `/orgs/${slug}/keys`]) {
        expect(await outcomeOf(await callDashboard(cookie, path)), path).toBe('not_found')
      }
    }
  })
})
