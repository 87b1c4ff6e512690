import { beforeAll, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { callApi, outcomeOf, readProblem } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization } from '@/lib/testing/fixtures'
import { overlap } from '@/lib/testing/overlap'

useTestDatabase()

type Lead = { id: string; email: string; created_at: string; custom_fields: Record<string, unknown> } & Record<
  string,
  unknown
>

const scopes = ['leads:read', 'leads:create', 'leads:update', 'leads:delete']

async function setUp(environment: 'live' | 'test' = 'live') {
  const { key, organization_id } = await makeKey(await makeOrganization(), { scopes, environment })
  const call = (path: string, method = 'GET', body?: unknown) =>
    callApi(`/leads${path}`, { method, key, ...(body !== undefined && { body }) })
  const create = async (body: unknown): Promise<Lead> => (await call('', 'POST', body)).json()
  const emails = async (query: string): Promise<string[]> => {
    const page: { data: Lead[] } = await (await call(`?${query}`)).json()
    return page.data.map(({ email }) => email)
  }
  return { key, organization_id, call, create, emails }
}

describe('a lead', () => {
  test('is created, read, changed and deleted', async () => {
    const { call, create, organization_id } = await setUp('test')
    const made = await create({ email: ' Ada@Example.COM ', first_name: 'Ada', custom_fields: { employees: 12 } })
    expect(made).toMatchObject({
      email: 'ada@example.com',
      status: 'new',
      company: null,
      custom_fields: { employees: 12 },
    })
    for (const hidden of ['organization_id', 'environment', 'search']) expect(made).not.toHaveProperty(hidden)
    expect(await (await call(`/${made.id}`)).json()).toEqual(made)
    const row = await prisma().lead.findUniqueOrThrow({ where: { id: made.id } })
    expect(row).toMatchObject({ organization_id, environment: 'test' })

    const changed: Lead = await (await call(`/${made.id}`, 'PATCH', { status: 'qualified', first_name: null })).json()
    expect(changed).toMatchObject({
      id: made.id,
      status: 'qualified',
      first_name: null,
      custom_fields: { employees: 12 },
    })
    expect(changed.created_at).toBe(made.created_at)

    expect((await call(`/${made.id}`, 'DELETE')).status).toBe(204)
    for (const method of ['GET', 'DELETE']) expect(await outcomeOf(await call(`/${made.id}`, method))).toBe('not_found')
    expect(await outcomeOf(await call(`/${made.id}`, 'PATCH', {}))).toBe('not_found')
  })

  test('needs an email and nothing else', async () => {
    const { call } = await setUp()
    expect((await call('', 'POST', { email: 'a@example.com' })).status).toBe(201)
    const wrong = [
      {},
      { email: null },
      { email: 'x' },
      { email: ['a@example.com'] },
      { email: { set: 'a@example.com' } },
    ]
    for (const body of wrong) {
      expect(await readProblem(await call('', 'POST', body))).toMatchObject({
        status: 422,
        errors: [{ path: 'email' }],
      })
    }
  })

  test.each([
    ['first_name', 'x'.repeat(101)],
    ['first_name', 'a\u0000b'],
    ['first_name', '\ud800'],
    ['first_name', 5],
    ['status', 'won'],
    ['status', null],
    ['notes', 'x'.repeat(10_001)],
    ['custom_fields', null],
    ['custom_fields', []],
    ['custom_fields', { a: { b: 1 } }],
    ['custom_fields', { a: [1] }],
    ['custom_fields', { a: 2 ** 53 }],
    ['custom_fields', { 'a\u0000': 1 }],
    ['custom_fields', Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`f${index}`, index]))],
  ])('is not written at all with a wrong %s: %j', async (field, value) => {
    const { call, create, organization_id } = await setUp()
    const body = { email: 'a@example.com', [field]: value }
    const problem = await readProblem(await call('', 'POST', body))
    expect(problem).toMatchObject({ status: 422, code: 'validation_failed' })
    expect(problem.errors?.[0]?.path.split('.')[0]).toBe(field)
    expect(await prisma().lead.count({ where: { organization_id } })).toBe(0)
    const made = await create({ email: 'b@example.com' })
    expect((await call(`/${made.id}`, 'PATCH', { title: 'Changed', [field]: value })).status).toBe(422)
    expect(await (await call(`/${made.id}`)).json()).toEqual(made)
  })

  test('keeps text of every script and what looks like markup, as it came', async () => {
    const { create } = await setUp()
    const sent = {
      email: 'a@example.com',
      first_name: '漢字 😀 مفتاح',
      company: '<script>alert(1)</script>',
      notes: '=1+1\r\n\t"quoted"',
      custom_fields: { 'a.b': true, 'with space': '', 漢: 0.5 },
    }
    expect(await create(sent)).toMatchObject(sent)
  })
})

describe('a merge patch', () => {
  test('of custom fields sets, keeps and removes', async () => {
    const { call, create } = await setUp()
    const { id } = await create({ email: 'a@example.com', custom_fields: { a: 1, b: 'x', c: true } })
    const patched: Lead = await (await call(`/${id}`, 'PATCH', { custom_fields: { a: 2, b: null, d: 'new' } })).json()
    expect(patched.custom_fields).toEqual({ a: 2, c: true, d: 'new' })
  })

  test('counts, each one of many at the same time', async () => {
    const { call, create } = await setUp()
    const { id } = await create({ email: 'a@example.com' })
    const patches = Array.from({ length: 20 }, (_, index) => ({ custom_fields: { [`field_${index}`]: index } }))
    const replies = await Promise.all(patches.map((patch) => call(`/${id}`, 'PATCH', patch)))
    expect(replies.map(({ status }) => status)).toEqual(Array(20).fill(200))
    const lead: Lead = await (await call(`/${id}`)).json()
    expect(lead.custom_fields).toEqual(Object.assign({}, ...patches.map(({ custom_fields }) => custom_fields)))
  })

  test('that would leave more than 50 fields is refused, whatever order they come in', async () => {
    const { call, create } = await setUp()
    const custom_fields = Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`f${index}`, index]))
    const { id } = await create({ email: 'a@example.com', custom_fields })
    const replies = await Promise.all(
      ['x', 'y', 'z'].map((name) => call(`/${id}`, 'PATCH', { custom_fields: { [name]: 1 } })),
    )
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 422, 422])
    for (const refused of replies.filter(({ status }) => status === 422)) {
      const errors = [{ path: 'custom_fields', message: 'At most 50 fields.' }]
      expect(await readProblem(refused)).toMatchObject({ code: 'validation_failed', errors })
    }
  })

  test('never brings a deleted lead back', async () => {
    const { call, create, organization_id } = await setUp()
    const { id } = await create({ email: 'a@example.com' })
    const reply = await overlap(
      (db) => db.lead.delete({ where: { id } }),
      () => call(`/${id}`, 'PATCH', { title: 'x' }),
    )
    expect(reply.status).toBe(404)
    expect(await prisma().lead.count({ where: { organization_id } })).toBe(0)
  })
})

describe('the list of leads', () => {
  let list: Awaited<ReturnType<typeof setUp>>
  beforeAll(async () => {
    list = await setUp()
    await list.create({ email: 'ada@example.com', first_name: 'Ada', last_name: 'Lovelace', company: '100% Engines' })
    await list.create({ email: 'bob@example.com', first_name: 'Bob', company: 'snake_case', status: 'qualified' })
    await list.create({ email: 'cyd@example.org', last_name: 'Ångström', company: 'snakexcase', status: 'converted' })
  })

  test.each([
    ['', ['cyd@example.org', 'bob@example.com', 'ada@example.com']],
    ['sort=email', ['ada@example.com', 'bob@example.com', 'cyd@example.org']],
    ['sort=-email', ['cyd@example.org', 'bob@example.com', 'ada@example.com']],
    ['sort=created_at', ['ada@example.com', 'bob@example.com', 'cyd@example.org']],
    ['status=qualified', ['bob@example.com']],
    ['email=ADA@example.com', ['ada@example.com']],
    ['q=LOVE', ['ada@example.com']],
    ['q=example.com', ['bob@example.com', 'ada@example.com']],
    ['q=0%25', ['ada@example.com']],
    ['q=%25', ['ada@example.com']],
    ['q=snake_', ['bob@example.com']],
    ['q=ngstr%C3%B6m', ['cyd@example.org']],
    ['q=%5C', []],
    ['status=new&q=bob', []],
    ['created_after=2999-01-01T00:00:00Z', []],
    ['created_after=2020-01-01T00:00:00%2B02:00&sort=email', ['ada@example.com', 'bob@example.com', 'cyd@example.org']],
  ])('answers %j with %j', async (query, expected) => {
    expect(await list.emails(query)).toEqual(expected)
  })

  test.each([
    'limit=0',
    'limit=-1',
    'limit=101',
    'limit=1e1',
    'limit[]=1',
    'limit=1&limit=1',
    'status=won',
    'status=',
    'q=',
    'q=%00',
    'email=x',
    'sort=notes',
    'sort=',
    'created_after=yesterday',
    'created_after=2026-02-30T00:00:00Z',
    'created_after=%2B275760-09-13T00:00:00Z',
    'cursor=',
    'organization_id=x',
    'environment=test',
    'unknown=1',
  ])('refuses %s', async (query) => {
    expect(await readProblem(await list.call(`?${query}`))).toMatchObject({ status: 422, code: 'validation_failed' })
  })

  test('pages through everything, and gives its cursor to no other list, filter or tenant', async () => {
    const first: { data: Lead[]; has_more: boolean; next_cursor: string } = await (await list.call('?limit=2')).json()
    expect(first).toMatchObject({ has_more: true, data: [{ email: 'cyd@example.org' }, { email: 'bob@example.com' }] })
    const cursor = encodeURIComponent(first.next_cursor)
    const second: unknown = await (await list.call(`?limit=2&cursor=${cursor}`)).json()
    expect(second).toMatchObject({ has_more: false, next_cursor: null, data: [{ email: 'ada@example.com' }] })
    const other = await setUp()
    const foreign = [
      list.call(`?status=new&cursor=${cursor}`),
      list.call(`?sort=email&cursor=${cursor}`),
      other.call(`?cursor=${cursor}`),
    ]
    for (const reply of await Promise.all([...foreign, list.call('?cursor=abc')])) {
      expect(await readProblem(reply)).toMatchObject({ status: 400, code: 'invalid_cursor' })
    }
  })
})
