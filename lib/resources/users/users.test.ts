import { describe, expect, test } from 'vitest'
import { NO_ORIGIN } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { createKey } from '@/lib/keys/life/create'
import { memberContext } from '@/lib/people/members/context'
import { usersContract } from '@/lib/resources/users/contract'
import { callApi, outcomeOf, readProblem } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { auditOf, keyInput, makeKey, makeMember, makeOrganization, unusedId } from '@/lib/testing/fixtures'
import { countStatements } from '@/lib/testing/statements'

useTestDatabase()

const shownUser = usersContract.operations.get.reply.schema
const page = usersContract.operations.list.reply.schema

const send = (key: string, method: string, path = '', body?: unknown) =>
  callApi(`/users${path}`, { method, key, body, headers: { 'X-Request-Id': 'same' } })
const list = async (key: string, query = '') => page.parse(await (await send(key, 'GET', query)).json())

async function setUp() {
  const organization = await makeOrganization()
  const ada = await makeMember(organization)
  const grace = await makeMember(organization, 'read_only_admin')
  const alan = await makeMember(organization, 'member', { developer: false })
  const name = { name: '100% Alan_Turing' }
  await prisma().user.update({ where: { id: alan.user.id }, data: name })
  const { key, ...admin } = await makeKey(organization, { scopes: ['admin'] })
  const reader = await makeKey(organization, { scopes: ['users:read'] })
  return { organization, ada, grace, alan, key, admin, reader: reader.key }
}

describe('reading users', () => {
  test('shows each member with role and permission, and nothing else of the account', async () => {
    const { reader, alan, organization } = await setUp()
    const membership = await prisma().membership.findFirstOrThrow({
      where: { organization_id: organization.id, user_id: alan.user.id },
    })
    const response = await send(reader, 'GET', `/${alan.user.id}`)
    expect(await response.json()).toEqual({
      id: alan.user.id,
      email: alan.user.email,
      name: '100% Alan_Turing',
      role: 'member',
      developer: false,
      created_at: membership.created_at.toISOString(),
    })
  })

  test('lists them page by page, newest account first', async () => {
    const { reader, ada, grace, alan } = await setUp()
    const first = await list(reader, '?limit=2')
    expect(first.data.map(({ id }) => id)).toEqual([alan.user.id, grace.user.id])
    const rest = await list(reader, `?limit=2&cursor=${first.next_cursor}`)
    expect(rest.data.map(({ id }) => id)).toEqual([ada.user.id])
    expect(rest.has_more).toBe(false)
    expect(await outcomeOf(await send(reader, 'GET', `?limit=2&role=admin&cursor=${first.next_cursor}`))).toBe(
      'invalid_cursor',
    )
  })

  test('asks the database no more often for many than for few', async () => {
    const { reader } = await setUp()
    const one = await countStatements(() => list(reader, '?limit=1'))
    expect(await countStatements(() => list(reader, '?limit=100'))).toBe(one)
    expect(one).toBeLessThanOrEqual(3)
  })

  test('finds them by role, and by part of the name or the email', async () => {
    const { reader, ada, grace, alan } = await setUp()
    const found = async (query: string) => (await list(reader, query)).data.map(({ id }) => id)
    expect(await found('?role=admin')).toEqual([ada.user.id])
    expect(await found('?q=TURING')).toEqual([alan.user.id])
    expect(await found(`?q=${grace.user.email.slice(5, 30).toUpperCase()}`)).toEqual([grace.user.id])
    expect(await found('?role=admin&q=turing')).toEqual([])
    expect(await found('?q=%25')).toEqual([alan.user.id])
    expect(await found('?q=_turing')).toEqual([alan.user.id])
    expect(await found('?q=n_t')).toEqual([alan.user.id])
    expect(await found('?q=a_a')).toEqual([])
    expect(await outcomeOf(await send(reader, 'GET', '?role=owner'))).toBe('validation_failed')
  })

  test('tells one who belongs to two organisations apart in each', async () => {
    const { reader, ada } = await setUp()
    const elsewhere = await makeOrganization()
    await prisma().membership.create({
      data: { organization_id: elsewhere.id, user_id: ada.user.id, role: 'member', developer: false },
    })
    const { key } = await makeKey(elsewhere, { scopes: ['users:read'] })
    expect((await list(key)).data).toMatchObject([{ id: ada.user.id, role: 'member', developer: false }])
    expect((await list(key, '?role=admin')).data).toEqual([])
    expect(await (await send(reader, 'GET', `/${ada.user.id}`)).json()).toMatchObject({
      role: 'admin',
      developer: true,
    })
  })

  test('knows nobody of another organisation', async () => {
    const { reader, key } = await setUp()
    const stranger = await makeMember(await makeOrganization())
    const calls = [
      [reader, 'GET'],
      [key, 'PATCH', { role: 'admin' }],
      [key, 'DELETE'],
    ] as const
    for (const [caller, method, body] of calls) {
      const [theirs, nobodys] = [stranger.user.id, unusedId()].map((id) => send(caller, method, `/${id}`, body))
      expect((await theirs)?.status).toBe(404)
      expect(await (await theirs)?.text()).toBe(await (await nobodys)?.text())
    }
    expect((await list(reader, `?q=${stranger.user.email}`)).data).toEqual([])
  })
})

describe('changing users', () => {
  test('sets role and permission, which hold at the next request, audited', async () => {
    const { key, admin, alan, organization } = await setUp()
    const response = await send(key, 'PATCH', `/${alan.user.id}`, { role: 'read_only_admin' })
    expect(shownUser.parse(await response.json())).toMatchObject({ role: 'read_only_admin', developer: false })
    await send(key, 'PATCH', `/${alan.user.id}`, { developer: true })
    const { actor } = await memberContext(prisma(), alan.user, organization.slug, NO_ORIGIN)
    expect(actor).toMatchObject({ role: 'read_only_admin', developer: true })
    expect(await auditOf(alan.user.id)).toMatchObject([
      {
        action: 'member.updated',
        organization_id: organization.id,
        actor_kind: 'key',
        actor_id: admin.id,
        target_label: alan.user.email,
        before: { role: 'member', developer: false },
        after: { role: 'read_only_admin', developer: false },
      },
      { before: { developer: false }, after: { role: 'read_only_admin', developer: true } },
    ])
  })

  test('ends the membership only: the account and its keys stay, its tasks lose their assignee', async () => {
    const { key, ada, alan, organization } = await setUp()
    await send(key, 'PATCH', `/${alan.user.id}`, { role: 'admin', developer: true })
    const context = await memberContext(prisma(), { ...alan.user, proved: true }, organization.slug, NO_ORIGIN)
    const made = await createKey(context, keyInput({ scopes: ['users:read'] }))
    const tenant = { organization_id: organization.id, environment: 'live' as const }
    const task = await prisma().task.create({ data: { ...tenant, title: 'Call', assignee_id: alan.user.id } })

    const response = await send(key, 'DELETE', `/${alan.user.id}`)
    expect(response.status).toBe(204)
    expect(await outcomeOf(await send(key, 'GET', `/${alan.user.id}`))).toBe('not_found')
    expect(await outcomeOf(await send(key, 'DELETE', `/${alan.user.id}`))).toBe('not_found')
    await expect(memberContext(prisma(), alan.user, organization.slug, NO_ORIGIN)).rejects.toMatchObject({
      code: 'not_found',
    })
    expect(await prisma().user.count({ where: { id: alan.user.id } })).toBe(1)
    expect(await outcomeOf(await send(made.key, 'GET', `/${ada.user.id}`))).toBe(200)
    expect(await prisma().task.findUniqueOrThrow({ where: { id: task.id } })).toMatchObject({ assignee_id: null })
    expect((await auditOf(alan.user.id)).at(-1)).toMatchObject({
      action: 'member.removed',
      actor_kind: 'key',
      before: { role: 'admin', developer: true },
    })
  })

  test('leaves the last Admin', async () => {
    const { key, ada } = await setUp()
    for (const [method, body] of [['PATCH', { role: 'member' }], ['DELETE']] as const) {
      expect(await readProblem(await send(key, method, `/${ada.user.id}`, body))).toMatchObject({
        status: 409,
        code: 'wrong_state',
      })
    }
    expect((await list(key, '?role=admin')).data).toHaveLength(1)
  })

  test('refuses other fields and roles', async () => {
    const { key, alan } = await setUp()
    for (const body of [
      { role: 'owner' },
      { role: null },
      { developer: 'yes' },
      { email: 'a@b.test' },
      { name: 'x' },
    ]) {
      expect(await outcomeOf(await send(key, 'PATCH', `/${alan.user.id}`, body))).toBe('validation_failed')
    }
  })

  test('is closed to keys without admin', async () => {
    const { organization, alan } = await setUp()
    const { key } = await makeKey(organization, { scopes: ['read:all', 'write:all'] })
    expect(await outcomeOf(await send(key, 'PATCH', `/${alan.user.id}`, { role: 'admin' }))).toBe('insufficient_scope')
    expect(await outcomeOf(await send(key, 'DELETE', `/${alan.user.id}`))).toBe('insufficient_scope')
    expect(await outcomeOf(await send(key, 'GET', `/${alan.user.id}`))).toBe(200)
  })

  test('is closed to test keys, which see the same people', async () => {
    const { organization, alan } = await setUp()
    const { key } = await makeKey(organization, { scopes: ['admin'], environment: 'test' })
    expect((await list(key)).data).toHaveLength(3)
    expect(await outcomeOf(await send(key, 'GET', `/${alan.user.id}`))).toBe(200)
    for (const [method, body] of [['PATCH', { role: 'admin' }], ['DELETE']] as const) {
      const problem = await readProblem(await send(key, method, `/${alan.user.id}`, body))
      expect(problem).toMatchObject({ status: 403, code: 'role_forbids', detail: expect.stringContaining('live key') })
    }
    expect(await auditOf(alan.user.id)).toEqual([])
  })
})

describe('removing a user with keys', () => {
  const working = async (organization_id: string, created_by: string) => {
    const where = { organization_id, created_by, revoked_at: null }
    return (await prisma().apiKey.findMany({ where, orderBy: { name: 'asc' } })).map(({ name }) => name)
  }

  async function withKeys() {
    const made = await setUp()
    const maker = await makeMember(made.organization)
    const make = (name: string, environment: 'live' | 'test' = 'live') =>
      createKey(maker.ctx, keyInput({ name, environment, scopes: ['admin'] }))
    const keys = [await make('one'), await make('two'), await make('sandbox', 'test')]
    const remove = (query: string, key = made.key) => send(key, 'DELETE', `/${maker.user.id}${query}`)
    return { ...made, maker, keys, remove, left: () => working(made.organization.id, maker.user.id) }
  }

  test('keeps them where nothing is said', async () => {
    const { remove, left } = await withKeys()
    expect((await remove('')).status).toBe(204)
    expect(await left()).toEqual(['one', 'sandbox', 'two'])
  })

  test('revokes those of the calling key’s environment, but for the excepted', async () => {
    const { remove, left, keys, maker, admin } = await withKeys()
    expect((await remove(`?keys=revoke&except=${keys[1]?.id}`)).status).toBe(204)
    expect(await left()).toEqual(['sandbox', 'two'])
    expect((await auditOf(keys[0]?.id ?? '')).at(-1)).toMatchObject({ action: 'api_key.revoked', actor_id: admin.id })
    expect((await auditOf(maker.user.id)).at(-1)?.after).toMatchObject({ revoked_count: 1, kept_count: 2 })
  })

  test('keeps all but the excepted', async () => {
    const { remove, left, keys } = await withKeys()
    expect((await remove(`?keys=keep&except=${keys[0]?.id},${keys[1]?.id}`)).status).toBe(204)
    expect(await left()).toEqual(['sandbox'])
  })

  test('never revokes the key that calls: it is excepted, or nobody is removed', async () => {
    const { remove, left, keys } = await withKeys()
    const [{ id, key } = { id: '', key: '' }] = keys
    expect(await outcomeOf(await remove('?keys=revoke', key))).toBe('role_forbids')
    expect(await left()).toEqual(['one', 'sandbox', 'two'])
    expect((await remove(`?keys=revoke&except=${id}`, key)).status).toBe(204)
    expect(await left()).toEqual(['one', 'sandbox'])
  })

  test('takes ids, a hundred at most', async () => {
    const { remove } = await withKeys()
    const many = Array.from({ length: 101 }, unusedId).join(',')
    for (const query of ['?keys=burn', '?except=', '?except=one', `?except=${many}`]) {
      expect(await outcomeOf(await remove(query)), query).toBe('validation_failed')
    }
  })
})
