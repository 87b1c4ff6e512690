import { expect, test } from 'vitest'
import { prisma } from '@/lib/kernel/db/client'
import { contactListsContract } from '@/lib/resources/contact-lists/contract'
import { ask, refusal, send } from '@/lib/testing/ask'
import { callApi, outcomeOf } from '@/lib/testing/call'
import { useTestDatabase } from '@/lib/testing/database'
import { makeKey, makeOrganization, unusedId } from '@/lib/testing/fixtures'
import { plansOf } from '@/lib/testing/plans'

useTestDatabase()

const { list, create, get, update, delete: remove, addContacts } = contactListsContract.operations

async function start() {
  const organization = await makeOrganization()
  const tenant = { organization_id: organization.id, environment: 'live' as const }
  const scopes = ['contact_lists:read', 'contact_lists:write', 'contact_lists:delete']
  const { key } = await makeKey(organization, { scopes })
  const add = (name: string) => ask(create, { key, body: { name } })
  const fill = async (id: string, count: number) => {
    const data = Array.from({ length: count }, (_, index) => ({ ...tenant, email: `${id}-${index}@example.com` }))
    const contact_ids = (await prisma().contact.createManyAndReturn({ data })).map((contact) => contact.id)
    await ask(addContacts, { key, params: { id }, body: { contact_ids } })
  }
  return { organization, tenant, key, add, fill }
}

test('every list tells how many contacts it has, wherever it is shown', async () => {
  const { key, add, fill } = await start()
  const [empty, two, three] = [await add('Empty'), await add('Two'), await add('Three')]
  expect(empty).toMatchObject({ name: 'Empty', description: null, contact_count: 0 })
  await fill(two.id, 2)
  await fill(three.id, 3)
  const { data } = await ask(list, { key })
  expect(data.map(({ name, contact_count }) => [name, contact_count])).toEqual([
    ['Three', 3],
    ['Two', 2],
    ['Empty', 0],
  ])
  expect(await ask(get, { key, params: { id: two.id } })).toEqual(data[1])
  const changed = await ask(update, { key, params: { id: three.id }, body: { description: 'All three' } })
  expect(changed).toMatchObject({ name: 'Three', description: 'All three', contact_count: 3 })
})

test('lists are found by their whole name, and sorted by it page by page', async () => {
  const { key, add } = await start()
  for (const name of ['b', 'a', 'c', 'a']) await add(name)
  const names = async (query: Record<string, string>) => {
    const page = await ask(list, { key, query })
    return { names: page.data.map(({ name }) => name), cursor: page.next_cursor ?? '' }
  }
  expect((await names({ name: 'a' })).names).toEqual(['a', 'a'])
  const first = await names({ sort: 'name', limit: '2' })
  expect(first.names).toEqual(['a', 'a'])
  expect((await names({ sort: 'name', limit: '2', cursor: first.cursor })).names).toEqual(['b', 'c'])
  const query = { sort: 'name', limit: '2', cursor: first.cursor, name: 'a' }
  expect(await outcomeOf(await send(list, { key, query }))).toBe('invalid_cursor')
})

test('a deletion leaves the contacts, and is told of like every change', async () => {
  const { key, tenant, add, fill } = await start()
  const { id } = await add('List')
  await fill(id, 2)
  await ask(update, { key, params: { id }, body: { name: 'Renamed' } })
  expect((await send(remove, { key, params: { id } })).status).toBe(204)
  expect((await refusal(get, { key, params: { id } })).code).toBe('not_found')
  expect(await prisma().contact.count({ where: tenant })).toBe(2)
  const where = { ...tenant, subject_kind: 'contact_list', subject_id: id }
  const activities = await prisma().activity.findMany({ where, orderBy: { id: 'asc' } })
  expect(activities.map(({ type, data }) => [type, data])).toEqual([
    ['contact_list.created', {}],
    ['contact_list.updated', { fields: ['name'] }],
    ['contact_list.deleted', {}],
  ])
})

test('the count of a list changes without its version, so GET knows no If-None-Match', async () => {
  const { key, add, fill } = await start()
  const { id } = await add('Two')
  const show = (headers: Record<string, string> = {}) => callApi(`/contact_lists/${id}`, { key, headers })
  const etag = (await show()).headers.get('ETag') ?? ''
  await fill(id, 2)
  const after = await show()
  expect(after.headers.get('ETag')).toBe(etag)
  expect(await after.json()).toMatchObject({ contact_count: 2 })
  expect(await outcomeOf(await show({ 'If-None-Match': etag }))).toBe('invalid_request')
})

test('everything is served below /lists too, to a key whose scopes were granted by that name', async () => {
  const organization = await makeOrganization()
  const { key, scopes } = await makeKey(organization, { scopes: ['lists:read', 'lists:write'] })
  expect(scopes).toEqual(['contact_lists:read', 'contact_lists:write'])
  const made = await callApi('/lists', { method: 'POST', key, body: { name: 'List' } })
  const { id } = create.reply.schema.parse(await made.json())
  for (const path of [`/lists/${id}`, `/contact_lists/${id}`, `/lists/${id}/contacts`]) {
    expect((await callApi(path, { key })).status, path).toBe(200)
  }
  expect(await outcomeOf(await callApi(`/lists/${id}`, { method: 'DELETE', key }))).toBe('insufficient_scope')
})

test('a page of lists counts what is on each by an index, and to a bound', async () => {
  const { key, add, fill } = await start()
  const { id } = await add('One')
  await fill(id, 1)
  for (const work of [() => ask(list, { key }), () => callApi(`/contacts/${unusedId()}/lists`, { key })]) {
    const [plan] = await plansOf(work, 'FROM (SELECT FROM contact_list_members')
    expect(plan).toMatch(/SubPlan[\s\S]*Limit[\s\S]*Index[^\n]*contact_list_members_/)
  }
})
