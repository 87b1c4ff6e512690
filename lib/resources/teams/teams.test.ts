import { beforeEach, describe, expect, test } from 'vitest'
import type { ActingOrganization } from '@/lib/kernel/actors/context'
import { prisma } from '@/lib/kernel/db/client'
import { createTeam } from '@/lib/people/teams/create'
import { listPeopleOfTeam } from '@/lib/people/teams/list-members'
import { removeTeam } from '@/lib/people/teams/remove'
import { updateTeam } from '@/lib/people/teams/update'
import { teamsContract } from '@/lib/resources/teams/contract'
import { usersContract } from '@/lib/resources/users/contract'
import { ask, refusal, send } from '@/lib/testing/ask'
import { useTestDatabase } from '@/lib/testing/database'
import { auditOf, makeKey, makeMember, makeOrganization, operator, unusedId } from '@/lib/testing/fixtures'
import { overlap } from '@/lib/testing/overlap'
import { countStatements } from '@/lib/testing/statements'

useTestDatabase()

const operations = teamsContract.operations
let organization: ActingOrganization
let key = ''
let reader = ''
beforeEach(async () => {
  organization = await makeOrganization()
  key = (await makeKey(organization, { scopes: ['admin'] })).key
  reader = (await makeKey(organization, { scopes: ['teams:read'] })).key
})

const create = (body: object = {}) => ask(operations.create, { key, body: { name: 'Billing', ...body } })
const put = (id: string, user_id: string) => ask(operations.addMember, { key, params: { id, user_id } })
const members = async (id: string, query: Record<string, string> = {}) =>
  (await ask(operations.listMembers, { key: reader, params: { id }, query })).data

describe('the members of a team', () => {
  test('come and go; twice is once, and each change is audited with whom it is about', async () => {
    const { user } = await makeMember(organization, 'member')
    const { id } = await create()
    const params = { id, user_id: user.id }
    expect(await put(id, user.id)).toMatchObject({ member_count: 1 })
    expect(await put(id, user.id.toUpperCase())).toMatchObject({ member_count: 1 })
    expect(await members(id)).toMatchObject([{ id: user.id, name: user.name }])
    for (let time = 0; time < 2; time++) {
      expect((await send(operations.removeMember, { key, params })).status).toBe(204)
    }
    expect(await members(id)).toEqual([])
    expect((await auditOf(id)).map(({ action, after }) => [action, after])).toEqual([
      ['team.created', { name: 'Billing', description: null, members_added: [] }],
      ['team.updated', { name: 'Billing', description: null, members_added: [user.email], members_removed: [] }],
      ['team.updated', { name: 'Billing', description: null, members_added: [], members_removed: [user.email] }],
    ])
  })

  test('are shown by name alone to a key for teams: an email is for one that reads users', async () => {
    const { user } = await makeMember(organization)
    const { id } = await create()
    await put(id, user.id)
    expect(Object.keys((await members(id))[0] ?? {})).toEqual(['id', 'name', 'added_at'])
  })

  test('are members of the organisation: nobody else comes, and who leaves that leaves the team', async () => {
    const stranger = await makeMember(await makeOrganization())
    const { user } = await makeMember(organization, 'member')
    const { id } = await create()
    for (const user_id of [stranger.user.id, unusedId()]) {
      expect((await refusal(operations.addMember, { key, params: { id, user_id } })).code).toBe('not_found')
    }
    await put(id, user.id)
    expect((await send(usersContract.operations.delete, { key, params: { id: user.id } })).status).toBe(204)
    expect(await ask(operations.get, { key: reader, params: { id } })).toMatchObject({ member_count: 0 })
  })

  test('do not come while they are being removed from the organisation', async () => {
    const { user } = await makeMember(organization, 'member')
    const { id } = await create()
    const problem = await overlap(
      async (db) => {
        await db.$queryRaw`SELECT id FROM organizations WHERE id = ${organization.id}::uuid FOR NO KEY UPDATE`
        await db.membership.deleteMany({ where: { user_id: user.id } })
      },
      () => refusal(operations.addMember, { key, params: { id, user_id: user.id } }),
    )
    expect(problem.code).toBe('not_found')
  })

  test('are listed page by page, in as many statements for many as for few', async () => {
    const people = await Promise.all(Array.from({ length: 5 }, () => makeMember(organization, 'member')))
    const ids = people.map(({ user }) => user.id).sort()
    const { id } = await createTeam(operator(organization), { name: 'All', add: ids })
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query: Record<string, string> = { limit: '2', ...(cursor && { cursor }) }
      const page = await ask(operations.listMembers, { key: reader, params: { id }, query })
      seen.push(...page.data.map((one) => one.id))
      cursor = page.next_cursor
    }
    expect(seen).toEqual(ids.toReversed())
    const one = await countStatements(() => members(id, { limit: '1' }))
    expect(await countStatements(() => members(id, { limit: '100' }))).toBe(one)
  })
})

describe('a team', () => {
  test('has a name of its own in the organisation; another organisation may have the same', async () => {
    const { id } = await create()
    const { id: other } = await create({ name: 'Support' })
    const rename = { key, params: { id: other }, body: { name: 'Billing' } }
    for (const problem of [await refusal(operations.create, rename), await refusal(operations.update, rename)]) {
      expect(problem).toMatchObject({ status: 409, code: 'already_exists', existing_id: id })
    }
    expect(await ask(operations.update, { key, params: { id }, body: { name: 'Billing' } })).toMatchObject({ id })
    await createTeam(operator(await makeOrganization()), { name: 'Billing' })
  })

  test('that is made by many at once is made once', async () => {
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => send(operations.create, { key, body: { name: 'One' } })),
    )
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(replies.filter(({ status }) => status === 409)).toHaveLength(7)
  })

  test('is one of a hundred at most', async () => {
    const data = Array.from({ length: 99 }, (_, index) => ({
      organization_id: organization.id,
      name: `Team ${index}`,
    }))
    await prisma().team.createMany({ data })
    await create({ name: 'the last' })
    expect(await refusal(operations.create, { key, body: { name: 'too many' } })).toMatchObject({
      status: 409,
      code: 'wrong_state',
    })
  })

  test('is found by its name, and by who is on it', async () => {
    const { user } = await makeMember(organization, 'member')
    const { id } = await create()
    await create({ name: 'Support' })
    await put(id, user.id)
    const names = async (query: Record<string, string>) =>
      (await ask(operations.list, { key: reader, query })).data.map(({ name }) => name)
    expect(await names({})).toEqual(['Support', 'Billing'])
    expect(await names({ sort: 'name' })).toEqual(['Billing', 'Support'])
    expect(await names({ name: 'Support' })).toEqual(['Support'])
    expect(await names({ user_id: user.id })).toEqual(['Billing'])
  })

  test('is changed as it was seen, or not at all', async () => {
    const { id } = await create()
    const before = await send(operations.get, { key, params: { id } })
    await ask(operations.update, { key, params: { id }, body: { description: 'Refunds.' } })
    const { id: team } = await prisma().team.findUniqueOrThrow({ where: { id } })
    const versions = [Number(before.headers.get('ETag')?.replaceAll('"', ''))]
    const ctx = operator(organization)
    await expect(updateTeam(ctx, { id: team, changes: { name: 'X' }, versions })).rejects.toMatchObject({
      code: 'precondition_failed',
    })
    await expect(removeTeam(ctx, { id: team, versions })).rejects.toMatchObject({ code: 'precondition_failed' })
  })

  test('that is not changed by an edit leaves no trace in the audit', async () => {
    const { id } = await create()
    await ask(operations.update, { key, params: { id }, body: { name: 'Billing' } })
    await ask(operations.update, { key, params: { id }, body: {} })
    expect(await auditOf(id)).toHaveLength(1)
  })
})

describe('teams are changed', () => {
  test('by no key without admin, and by no test key; both read them', async () => {
    const { user } = await makeMember(organization, 'member')
    const { id } = await create()
    const wide = (await makeKey(organization, { scopes: ['read:all', 'write:all'] })).key
    const sandbox = (await makeKey(organization, { scopes: ['admin'], environment: 'test' })).key
    const params = { id, user_id: user.id }
    for (const [caller, code] of [
      [wide, 'insufficient_scope'],
      [sandbox, 'role_forbids'],
    ] as const) {
      expect((await refusal(operations.create, { key: caller, body: { name: 'X' } })).code).toBe(code)
      expect((await refusal(operations.update, { key: caller, params, body: { name: 'X' } })).code).toBe(code)
      expect((await refusal(operations.delete, { key: caller, params })).code).toBe(code)
      expect((await refusal(operations.addMember, { key: caller, params })).code).toBe(code)
      expect((await refusal(operations.removeMember, { key: caller, params })).code).toBe(code)
      expect(await ask(operations.get, { key: caller, params })).toMatchObject({ name: 'Billing', member_count: 0 })
    }
  })

  test('by nobody who has been demoted while they waited', async () => {
    const { user, ctx } = await makeMember(organization)
    await makeMember(organization)
    await expect(
      overlap(
        async (db) => {
          await db.$queryRaw`SELECT id FROM organizations WHERE id = ${organization.id}::uuid FOR NO KEY UPDATE`
          await db.membership.updateMany({ where: { user_id: user.id }, data: { role: 'member' } })
        },
        () => createTeam(ctx, { name: 'X' }),
      ),
    ).rejects.toMatchObject({ code: 'role_forbids' })
    expect(await prisma().team.count({ where: { organization_id: organization.id } })).toBe(0)
  })

  test('whole in one dialog: name and members, or nothing of it', async () => {
    const [came, went] = [await makeMember(organization, 'member'), await makeMember(organization, 'member')]
    const ctx = operator(organization)
    const { id } = await createTeam(ctx, { name: 'Night', add: [went.user.id] })
    const bad = { id, changes: { name: 'Day' }, add: [came.user.id, unusedId()], remove: [went.user.id] }
    await expect(updateTeam(ctx, bad)).rejects.toMatchObject({ code: 'not_found' })
    expect((await listPeopleOfTeam(ctx, { id })).data).toMatchObject([{ id: went.user.id }])
    await updateTeam(ctx, { ...bad, add: [came.user.id] })
    expect((await listPeopleOfTeam(ctx, { id })).data).toMatchObject([{ id: came.user.id, email: came.user.email }])
  })
})
