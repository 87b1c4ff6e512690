import { expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { callDashboard, outcomeOf, signInAs } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { auditOf, makeMember, makeOrganization } from '@/lib/testing/fixtures'

useTestDatabase()

type Told = { as_maker?: boolean; read_at?: Date }

async function setUp(role: 'admin' | 'read_only_admin' = 'admin') {
  const organization = await makeOrganization()
  const { user } = await makeMember(organization, role)
  const cookie = await signInAs({ user })
  const tell = async (count: number, told: Told = {}) => {
    const details = { subjects: [], count: 2, by: 'ada@acme.test', until: null }
    const row = { user_id: user.id, organization_id: organization.id, kind: 'key_created' as const, details }
    await prisma().notice.createMany({
      data: Array.from({ length: count }, () => ({ ...row, as_maker: false, ...told })),
    })
  }
  const get = async (path = '') => (await callDashboard(cookie, `/account/notices${path}`)).json()
  const read = (body: object) => callDashboard(cookie, '/account/notices/read', { method: 'POST', body })
  return { organization, user, cookie, tell, get, read }
}

test('a person pages through what they were told, each once, and sees how much of it is new', async () => {
  const { tell, get } = await setUp()
  await tell(30)
  await tell(3, { read_at: new Date() })
  const first = await get('?limit=20')
  const second = await get(`?limit=20&cursor=${first.next_cursor}`)
  expect([first.data.length, second.data.length, second.has_more]).toEqual([20, 13, false])
  expect(new Set([...first.data, ...second.data].map(({ id }) => id)).size).toBe(33)
  expect(first.data[0]).toMatchObject({ title: '2 API keys were created by ada@acme.test', more: 2 })
  expect(await get('/unread')).toEqual({ unread: 30 })
})

test('of very many unread ones a hundred are counted', async () => {
  const { tell, get } = await setUp()
  await tell(130)
  expect(await get('/unread')).toEqual({ unread: 100 })
})

test('one, or all, are marked as read: only the person’s own', async () => {
  const [one, other] = [await setUp(), await setUp()]
  await one.tell(3)
  await other.tell(2)
  const [first] = (await one.get()).data
  const [foreign] = (await other.get()).data
  expect((await one.read({ ids: [first.id, foreign.id] })).status).toBe(204)
  expect(await one.get('/unread')).toEqual({ unread: 2 })
  expect(await other.get('/unread')).toEqual({ unread: 2 })
  await one.read({})
  expect(await one.get('/unread')).toEqual({ unread: 0 })
  expect(await other.get('/unread')).toEqual({ unread: 2 })
})

test.each([
  ['an Admin', { role: 'admin', developer: false }, { all: 2, own: 3 }],
  ['a Read-Only Admin with the Developer permission', { role: 'read_only_admin', developer: true }, { all: 0, own: 3 }],
  ['a Read-Only Admin without it', { role: 'read_only_admin', developer: false }, { all: 0, own: 0 }],
  ['a Member', { role: 'member', developer: true }, { all: 0, own: 0 }],
] as const)('what %s of now may know is shown, whoever they were when it was told', async (_, standing, seen) => {
  const { user, tell, get } = await setUp()
  await tell(2)
  await tell(3, { as_maker: true })
  await prisma().membership.updateMany({ where: { user_id: user.id }, data: standing })
  expect((await get()).data).toHaveLength(seen.all + seen.own)
  expect(await get('/unread')).toEqual({ unread: seen.all + seen.own })
})

test('nothing is shown of an organisation that the person has left', async () => {
  const { user, tell, get } = await setUp()
  await tell(2, { as_maker: true })
  await prisma().membership.deleteMany({ where: { user_id: user.id } })
  expect((await get()).data).toEqual([])
})

test.each([
  ['PUT', '/choices', { kind: 'key_created', way: 'by_pigeon' }],
  ['PUT', '/choices', { kind: 'key_eaten', way: 'off' }],
  ['PUT', '/choices', { kind: 'key_created', way: 'off', user_id: 'x' }],
  ['POST', '/read', { ids: [] }],
  ['POST', '/read', { ids: ['x'] }],
  ['POST', '/read', { ids: Array.from({ length: 101 }, () => '019a0000-0000-7000-8000-000000000000') }],
])('%s %s refuses %j', async (method, path, body) => {
  const { cookie } = await setUp()
  expect(await outcomeOf(await callDashboard(cookie, `/account/notices${path}`, { method, body }))).toBe(
    'validation_failed',
  )
})

test('a cursor of somebody else’s, or of nonsense, opens nothing', async () => {
  const [one, other] = [await setUp(), await setUp()]
  await one.tell(30)
  const { next_cursor } = await one.get()
  for (const cursor of [next_cursor, 'x']) {
    const path = `/account/notices?cursor=${cursor}`
    expect(await outcomeOf(await callDashboard(other.cookie, path))).toBe('invalid_cursor')
  }
})

test('a choice is kept, of its kind alone, and audited', async () => {
  const { cookie, get, user } = await setUp()
  const body = { kind: 'key_created', way: 'daily' }
  const reply = await callDashboard(cookie, '/account/notices/choices', { method: 'PUT', body })
  expect(await reply.json()).toEqual(await get('/choices'))
  const { choices } = await get('/choices')
  expect(choices).toContainEqual(body)
  expect(choices.filter(({ way }: { way: string }) => way !== 'at_once')).toEqual([body])
  expect(await auditOf(user.id)).toMatchObject([
    { action: 'user.notices_chosen', actor_id: user.id, after: { kinds: ['key_created'], way: 'daily' } },
  ])
})
